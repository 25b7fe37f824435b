"""`python -m backend` is `huizhi`."""

from backend.cli import main

main()
