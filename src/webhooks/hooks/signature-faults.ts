import type { FieldError } from '../../events/event.reader.js';
import type { SignatureDeclaration } from './declaration.js';

/** What is wrong with how a sender is said to sign, beyond its form. */
export function signatureFaults({ kind, ...declared }: SignatureDeclaration): FieldError[] {
  if (kind === 'token') return OF_AN_HMAC.filter((name) => declared[name] !== undefined).map(notOfAToken);
  const { signed = '{body}', time } = declared;
  const parts = [...signed.matchAll(/\{[^{}]*\}/g)].map(([part]) => part);
  const wanted = time ? ['{body}', '{time}'] : ['{body}'];
  const isRight = !/[{}]/.test(signed.replaceAll(/\{[^{}]*\}/g, '')) && parts.toSorted().join('') === wanted.join('');
  if (isRight) return [];
  const detail = time
    ? 'must have {body} and {time} in it, each once, and no brace else'
    : 'must have {body} in it, once, and no brace else: where a {time} stands is said by time';
  return [{ pointer: '/signature/signed', detail }];
}

const OF_AN_HMAC = ['algorithm', 'encoding', 'signed', 'time'] as const;

function notOfAToken(name: (typeof OF_AN_HMAC)[number]): FieldError {
  return { pointer: `/signature/${name}`, detail: 'is for the kind hmac: a token is compared as it is' };
}
