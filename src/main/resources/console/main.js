import {applyTheme} from './core/theme.js';
import {start} from './core/router.js';
import './parts/app.js';

applyTheme();
start();
