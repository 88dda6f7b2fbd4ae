import { GithubController } from './github.controller.js';
import { GithubSource } from './github.source.js';

export const github = { source: GithubSource, controller: GithubController };
