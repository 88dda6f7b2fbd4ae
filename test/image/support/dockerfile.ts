/** One instruction of a Dockerfile, with its arguments as they are written. */
export interface Instruction {
  name: string;
  text: string;
}

/** A stage: what it is called, and what is done in it. */
export interface Stage {
  name: string;
  instructions: Instruction[];
}

/** The stages of a Dockerfile. Global arguments are put in where a stage names its base. */
export function stagesOf(dockerfile: string): Stage[] {
  const stages: Stage[] = [];
  for (const instruction of instructionsOf(dockerfile)) {
    if (instruction.name === 'FROM') stages.push({ name: nameOf(instruction.text, stages.length), instructions: [] });
    else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

function instructionsOf(dockerfile: string): Instruction[] {
  const lines = dockerfile.split('\n').filter((line) => !/^\s*#/.test(line));
  const whole = lines.join('\n').replaceAll(/\\\n\s*/g, ' ');
  return whole.split('\n').flatMap((line) => {
    const [, name, text] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (line.trim() !== '' && (name === undefined || text === undefined)) throw new Error(`Not understood: ${line}`);
    return name === undefined || text === undefined ? [] : [{ name, text }];
  });
}

function nameOf(text: string, index: number): string {
  return / AS (\S+)$/.exec(text)?.[1] ?? String(index);
}

/** The exec form: a JSON array of words. */
export function execForm(text: string): string[] {
  return JSON.parse(text) as string[];
}

/** `name=value` pairs, as LABEL and ENV have them. */
export function pairs(text: string): Record<string, string> {
  const found = text.matchAll(/([\w.-]+)=(?:"([^"]*)"|(\S+))/g);
  return Object.fromEntries([...found].map(([, name = '', quoted, plain]) => [name, quoted ?? plain ?? '']));
}
