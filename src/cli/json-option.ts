/** Of every command whose answer a machine may want: then the standard output holds nothing else. */
export const JSON_OPTION = ['--json', 'answer with one JSON document'] as const;

export interface Json {
  json?: true;
}
