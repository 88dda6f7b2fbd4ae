import { App } from './app.js';
import { startTheme } from './theme.js';

startTheme();
new App(document.getElementById('app')!).start();
