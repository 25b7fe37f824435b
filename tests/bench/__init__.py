"""The benchmark: two plain baselines and the product in one run, each figure beside what it must and should be."""
