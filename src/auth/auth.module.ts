import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtService } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessGuard } from './access.guard.js';
import { ApiKey } from './api-key.entity.js';
import { ApiKeys } from './api-keys.js';
import { ApiKeysController } from './api-keys.controller.js';
import { FirstAdmin } from './first-admin.js';
import { JwtSecret } from './jwt-secret.js';
import { ISSUER, JwtStrategy } from './jwt.strategy.js';
import { LastUses } from './last-uses.js';
import { Logins } from './logins.js';
import { OwnAccountController } from './own-account.controller.js';
import { Passwords } from './passwords.js';
import { Sessions } from './sessions.js';
import { SessionsController } from './sessions.controller.js';
import { TokenController } from './token.controller.js';
import { Tokens } from './tokens.js';
import { User } from './user.entity.js';
import { UserMemory } from './user-memory.js';
import { Users } from './users.js';
import { UsersController } from './users.controller.js';

function jwtService(secret: JwtSecret): JwtService {
  return new JwtService({
    secretOrKeyProvider: () => secret.key(),
    signOptions: { algorithm: 'HS256', issuer: ISSUER },
  });
}

@Module({
  imports: [TypeOrmModule.forFeature([User, ApiKey])],
  controllers: [TokenController, OwnAccountController, SessionsController, UsersController, ApiKeysController],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: JwtService, inject: [JwtSecret], useFactory: jwtService },
    ApiKeys,
    FirstAdmin,
    JwtSecret,
    JwtStrategy,
    LastUses,
    Logins,
    Passwords,
    Sessions,
    Tokens,
    UserMemory,
    Users,
  ],
  exports: [ApiKeys, FirstAdmin],
})
export class AuthModule {}
