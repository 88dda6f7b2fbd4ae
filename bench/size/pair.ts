import type { Client } from 'pg';
import type { DatabaseConfig } from '../../src/config/config.js';
import type { Bench } from '../bench.js';
import { connect } from '../database.js';
import { FactsAtSize } from './facts.js';

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;
/** Fewer would not have some pipelines of each of several sizes. */
const LEAST = 20_000;

/** A database of facts, and the connection over which it is asked. */
export interface Place {
  database: DatabaseConfig;
  client: Client;
  deployments: number;
  pipelines: number;
}

/** Two databases of facts, one with a tenth of the other's: its pipelines are in both. */
export interface Pair {
  small: Place;
  large: Place;
  /** In both, by their size. */
  largest: string;
  mid_sized: string;
  /** The midnight after the last of their events. */
  end: Date;
}

export async function withPair<T>(bench: Bench, use: (pair: Pair) => Promise<T>): Promise<T> {
  const { deployments } = bench.size;
  if (!(deployments >= LEAST)) throw new Error(`There must be at least ${LEAST} deployments`);
  // 1970 began on a Thursday: on whatever day of the week this is run, the histories end on a Wednesday, at work.
  const end = new Date(Date.now() - (Date.now() % WEEK));
  const facts = await FactsAtSize.make(bench, deployments / 10, new Date(end.getTime() - 9 * HOUR));
  const places: Place[] = [];
  try {
    await facts.growTo(deployments / 10);
    const small = await placeOf(await facts.copy(), facts);
    places.push(small);
    await facts.growTo(deployments);
    const large = await placeOf(facts.database, facts);
    places.push(large);
    const { templates } = facts;
    const mid_sized = facts.like(templates[Math.floor(templates.length / 3)]);
    return await use({ small, large, largest: facts.like(templates[0]), mid_sized, end });
  } finally {
    for (const { client } of places) await client.end();
    for (const { database } of places) if (database !== facts.database) await bench.databases.drop(database);
    await facts.drop();
  }
}

async function placeOf(database: DatabaseConfig, { deployments, pipelines }: FactsAtSize): Promise<Place> {
  return { database, client: await connect(database), deployments, pipelines };
}
