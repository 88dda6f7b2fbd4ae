import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsUUID, Matches } from 'class-validator';
import { IsGiven } from '../http/is-given.js';
import { ReadsOnly } from '../http/validation.js';
import { MAX_LENGTH, MIN_LENGTH } from './password-rules.js';
import { IsText } from './text.js';
import { ROLES, type Role } from './user.entity.js';

/** ASCII only, so that no two names look alike. */
export const USERNAME = /^[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}$/;

const NAME = { pattern: USERNAME.source, description: 'Unique, whatever the case', example: 'ada' };
const NAME_FAULT = {
  message: 'username must be 1 to 100 letters, digits and . _ @ + -, beginning with a letter or digit',
};
const PASSWORD = {
  format: 'password',
  minLength: MIN_LENGTH,
  maxLength: MAX_LENGTH,
  description: 'Neither the name of the user nor a common password, also with a few digits around it',
  example: 'correct horse battery',
};
const ROLE = {
  enum: ROLES,
  description: '`admin` everything; `editor` sends events and reads; `viewer` reads',
  example: 'editor',
};

export class NewUser {
  @ApiProperty(NAME)
  @Matches(USERNAME, NAME_FAULT)
  username!: string;

  @ApiProperty(PASSWORD)
  @IsText(MIN_LENGTH, MAX_LENGTH)
  password!: string;

  @ApiProperty(ROLE)
  @IsIn(ROLES)
  role!: Role;
}

const KEYS_TO = {
  format: 'uuid',
  description: 'The enabled user to whom the keys of this one are handed; else they end',
  example: '0b8f7a3c-2d2e-4c59-8a55-6d1f0a9c7e21',
};

/** Fields left out stay as they are. */
export class UserChange {
  @ApiPropertyOptional({ ...NAME, description: `${NAME.description}. Tokens and keys go on` })
  @IsGiven()
  @Matches(USERNAME, NAME_FAULT)
  username?: string;

  @ApiPropertyOptional(ROLE)
  @IsGiven()
  @IsIn(ROLES)
  role?: Role;

  @ApiPropertyOptional({ description: 'true ends the tokens issued before, and the user’s API keys', example: true })
  @IsGiven()
  @IsBoolean()
  disabled?: boolean;

  @ApiPropertyOptional({ ...KEYS_TO, description: `${KEYS_TO.description}. Only with \`disabled\` true` })
  @IsGiven()
  @IsUUID()
  keys_to?: string;

  @ApiPropertyOptional({ ...PASSWORD, description: `${PASSWORD.description}. It ends the tokens issued before` })
  @IsGiven()
  @IsText(MIN_LENGTH, MAX_LENGTH)
  password?: string;
}

@ReadsOnly('keys_to')
export class RemovalQuery {
  @ApiPropertyOptional(KEYS_TO)
  @IsGiven()
  @IsUUID()
  keys_to?: string;
}

export class PasswordChange {
  @ApiProperty({ format: 'password', minLength: 1, maxLength: 1024, example: 'correct horse battery' })
  @IsText(1, 1024)
  current_password!: string;

  @ApiProperty({ ...PASSWORD, example: 'staple of another kind' })
  @IsText(MIN_LENGTH, MAX_LENGTH)
  new_password!: string;
}
