import { Injectable } from '@nestjs/common';

/** Why the service is not ready for now; null: as far as this goes, it is. */
type Hindrance = () => string | null;

/** What has to be so for the service to be ready, beside that its database answers: whoever knows of more adds it. */
@Injectable()
export class Readiness {
  private readonly hindrances: Hindrance[] = [];

  add(hindrance: Hindrance): void {
    this.hindrances.push(hindrance);
  }

  /** The first reason why it is not ready; null: there is none. */
  hindered(): string | null {
    for (const hindrance of this.hindrances) {
      const reason = hindrance();
      if (reason !== null) return reason;
    }
    return null;
  }
}
