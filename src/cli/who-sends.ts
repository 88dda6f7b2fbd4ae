/** Of every command that sends to a running service as whoever the settings say. */
export const WHO_SENDS = `
It sends the API key of DEVOPSTIC_KEY; else it logs in with DEVOPSTIC_USERNAME and DEVOPSTIC_PASSWORD. With none of
these, on the machine of the service, it makes itself a key in the service's database, and revokes it in the end.
`;
