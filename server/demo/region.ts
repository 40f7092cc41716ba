/** Where the demo gives care: the municipalities of Västerbotten, by Statistics Sweden's codes. */
export const demoMunicipalities = {
  Nordmaling: '2401',
  Bjurholm: '2403',
  Vindeln: '2404',
  Robertsfors: '2409',
  Norsjö: '2417',
  Malå: '2418',
  Storuman: '2421',
  Sorsele: '2422',
  Dorotea: '2425',
  Vännäs: '2460',
  Vilhelmina: '2462',
  Åsele: '2463',
  Umeå: '2480',
  Lycksele: '2481',
  Skellefteå: '2482',
} as const;

/** Where the patients of a unit live, by its mark. */
const ofUnit: Record<string, keyof typeof demoMunicipalities> = {
  DR: 'Dorotea',
  DH: 'Dorotea',
  DS: 'Dorotea',
  AS: 'Åsele',
  VK: 'Lycksele',
  VH: 'Vilhelmina',
  ST: 'Storuman',
};

export const municipalityOf = (mark: string | undefined): string => demoMunicipalities[ofUnit[mark ?? ''] ?? 'Dorotea'];
