import type { IndexReader } from '../../../indexer/store/rows.ts';

type Law = Pick<IndexReader, 'origin' | 'laboratories' | 'safety' | 'registry' | 'companions' | 'hints'>;

/** The law's part of an index of a ledger that nothing stands beside. */
export function emptyLaw(): Law {
  const none = async () => undefined;
  const noRows = async () => [];
  const noPage = async () => ({ rows: [], hasNext: false });
  const noneOf = async (ids: readonly unknown[]) => ids.map(() => undefined);
  return {
    origin: {
      ...{ regimes: noRows, bodiesOf: noRows, certificate: none, certificates: noneOf, certificateByNumber: none },
      ...{
        certificatesByLine: noPage,
        successorsOf: noRows,
        linesOf: noRows,
        consumption: none,
        consumptionOfLine: none,
        inquiries: noRows,
      },
    },
    laboratories: {
      ...{ panels: noRows, panelVersions: noRows, profiles: noRows, profileVersions: noRows, periods: noRows, designations: noRows },
      ...{ report: none, reports: noneOf, reportsOfLot: noPage, decisions: noRows },
      ...{ arrangement: none, arrangements: noRows, arrangementVersions: noRows },
    },
    safety: {
      ...{ alert: none, alerts: noPage, alertsOfLot: noRows, alertSteps: noRows, lotsOfAlert: noRows, recall: none, recallsOf: noRows },
      ...{ lot: none, lots: noneOf, lotChanges: noPage, movementsOfLot: noPage, movementsOfDocument: noPage },
    },
    registry: { filing: none, filings: noneOf, filingVersions: noPage },
    companions: noRows,
    async *hints() {},
  };
}
