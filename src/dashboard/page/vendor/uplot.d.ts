/** Served from the package of that name; see page-files.ts. */
export { default } from 'uplot';
