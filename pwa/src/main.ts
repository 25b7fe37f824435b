/** Starts the app: joins the parts and mounts the first screen. */
import { m } from './paraglide/messages';

document.title = m.app_name();
