/** A URL that a person may be given to follow: it hides nothing, and tells nobody's password. */
export function isHttpUrl(value: string): boolean {
  if (!/^https?:\/\//i.test(value) || /\p{Cc}/u.test(value) || !value.isWellFormed() || !URL.canParse(value))
    return false;
  const { username, password } = new URL(value);
  return username === '' && password === '';
}

/** The same without the credentials in it, of one that is sound but for them. */
export function withoutCredentials(value: string): string {
  if (!URL.canParse(value) || isHttpUrl(value)) return value;
  const url = new URL(value);
  [url.username, url.password] = ['', ''];
  return /\p{Cc}/u.test(value) ? value : url.href;
}
