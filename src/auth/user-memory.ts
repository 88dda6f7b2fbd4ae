import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { Caller, Claims } from './caller.js';
import { Sessions } from './sessions.js';
import { ShortMemory } from './short-memory.js';
import { ROLE_MAY, User } from './user.entity.js';

interface Known {
  caller: Caller;
  token_version: number;
}

/**
 * Who stands behind a token now: a change made here counts at once, one made by another replica within three
 * seconds.
 */
@Injectable()
export class UserMemory {
  private readonly memory = new ShortMemory((id) => this.lookUp(id));

  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    private readonly sessions: Sessions,
  ) {}

  /**
   * Null if the user is gone or disabled, if the token was ended by a change of password or by disabling, or if its session
   * has ended.
   */
  async callerOf(claims: Claims): Promise<Caller | null> {
    const known = await this.memory.get(claims.sub);
    return known?.token_version === claims.ver && (await this.sessions.isOpen(claims)) ? known.caller : null;
  }

  /** To be called after every committed change of the user. */
  forget(id: string): void {
    this.memory.forget(id);
  }

  private async lookUp(id: string): Promise<Known | null> {
    const user = await this.users.findOne({
      select: { id: true, username: true, role: true, token_version: true },
      where: { id, disabled: false },
    });
    if (!user) return null;
    const { username: name, role, token_version } = user;
    return { caller: { kind: 'user', id, name, may: ROLE_MAY[role], pipelines: null }, token_version };
  }
}
