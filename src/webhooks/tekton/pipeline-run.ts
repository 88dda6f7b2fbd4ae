import { isCommitSha } from '../commit-sha.js';
import type { Payload } from '../payload.js';

/** What a run says about its deployment: by an annotation or a label of that name, or a parameter. */
type Word = 'environment' | 'pipeline' | 'commit';

/** By what names pipelines usually pass on or return the commit that they are of. */
const COMMIT_NAMES = new Set(['revision', 'git-revision', 'gitrevision', 'commit', 'commit-sha', 'git-commit', 'sha']);

/** A PipelineRun of Kubernetes, as Tekton's events carry it. */
export class PipelineRun {
  readonly uid: Payload;
  readonly status: Payload;
  private readonly metadata: Payload;
  private readonly spec: Payload;

  constructor(run: Payload) {
    this.metadata = run.at('metadata');
    this.uid = this.metadata.at('uid');
    this.spec = run.at('spec');
    this.status = run.at('status');
  }

  told(word: Word): string | undefined {
    return this.marked(`devopstic/${word}`) ?? valueOf(this.spec.at('params'), new Set([`devopstic-${word}`]));
  }

  /** The pipeline that it is a run of; its own name, where the pipeline has none. */
  get name(): string {
    return (
      this.marked('tekton.dev/pipeline') ??
      this.spec.at('pipelineRef', 'name').optionalText() ??
      this.metadata.at('name').text()
    );
  }

  /** As Pipelines-as-Code marks its runs. */
  get repository(): string | undefined {
    const [owner, name] = ['url-org', 'url-repository'].map((part) =>
      this.marked(`pipelinesascode.tekton.dev/${part}`),
    );
    return owner === undefined || name === undefined ? undefined : `${owner}/${name}`;
  }

  get branch(): string | undefined {
    return this.marked('pipelinesascode.tekton.dev/branch')?.replace(/^refs\/heads\//, '');
  }

  get commit(): string | undefined {
    const results = [this.status.at('results'), this.status.at('pipelineResults')];
    const found = [
      this.marked('pipelinesascode.tekton.dev/sha'),
      ...[this.spec.at('params'), ...results].map((values) => valueOf(values, COMMIT_NAMES, isCommitSha)),
    ];
    return this.told('commit') ?? found.find((commit) => commit !== undefined);
  }

  /** Why it ended as it did. */
  get reason(): string | undefined {
    const [condition] = this.status.at('conditions').optionalList();
    return condition?.at('reason').optionalText();
  }

  /** Labels hold less than annotations do: no slash, for one. */
  private marked(name: string): string | undefined {
    const [annotation, label] = ['annotations', 'labels'].map((kind) => this.metadata.at(kind, name).optionalText());
    return annotation ?? label;
  }
}

/** The first value of a list of names and values that is what is looked for. */
function valueOf(list: Payload, names: ReadonlySet<string>, isWanted = (_text: string) => true): string | undefined {
  const named = list.optionalList().filter((item) => names.has(item.at('name').optionalText() ?? ''));
  const texts = named.map((item) => item.at('value').optionalText());
  return texts.find((text) => text !== undefined && isWanted(text));
}
