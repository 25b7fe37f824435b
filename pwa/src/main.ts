/** Starts the app: joins the parts and mounts the first screen once the device's own store is read. */
import { mount } from 'svelte';
import { version } from '../package.json';
import App from './screens/App.svelte';
import { Huizhi } from './store/app.svelte';
import { APP } from './store/context';
import { fieldService } from './store/fieldService';
import { Update } from './serviceWorker/update.svelte';

const update = new Update();
const app = await Huizhi.start(fieldService, version, update);
mount(App, { target: document.querySelector('#app') as HTMLElement, context: new Map([[APP, app]]) });
void update.register();
