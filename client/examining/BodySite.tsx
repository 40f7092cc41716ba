import type { Site } from '../../contract/examining.ts';
import { sites } from '../../contract/examining.ts';
import { useWords } from '../app/words.ts';
import css from './BodySite.module.css';

type Place = { site: Site; x: number; y: number; w: number; h: number };

/** Places on a figure of 100 × 210; what is paired is drawn for both sides. */
const middle = (site: Site, y: number, w: number, h: number): Place => ({ site, x: 50 - w / 2, y, w, h });
/** The patient's right is on the left as one faces them, and on the right from behind. */
const pair = (part: string, from: 'front' | 'back', x: number, y: number, w: number, h: number): Place[] => {
  const [near, far] = from === 'front' ? (['right', 'left'] as const) : (['left', 'right'] as const);
  return [
    { site: `${near}_${part}` as Site, x: 50 - x - w, y, w, h },
    { site: `${far}_${part}` as Site, x: 50 + x, y, w, h },
  ];
};

const limbs = (from: 'front' | 'back'): Place[] => [
  ...pair('shoulder', from, 14, 38, 14, 13),
  ...pair('upperArm', from, 19, 51, 10, 19),
  ...pair('elbow', from, 20, 70, 10, 9),
  ...pair('forearm', from, 21, 79, 10, 19),
  ...pair('hand', from, 22, 98, 11, 14),
  ...pair('hip', from, 13, 90, 8, 14),
  ...pair('thigh', from, 2, 112, 16, 30),
  ...pair('knee', from, 3, 142, 14, 10),
  ...pair('lowerLeg', from, 4, 152, 12, 32),
];
const front: Place[] = [
  middle('head', 2, 24, 8),
  middle('eyes', 10, 18, 6),
  middle('face', 16, 20, 6),
  middle('mouth', 22, 12, 6),
  ...pair('ear', 'front', 11, 11, 6, 10),
  middle('neck', 29, 12, 8),
  middle('chest', 38, 27, 26),
  middle('abdomen', 65, 26, 24),
  middle('groin', 90, 24, 20),
  ...limbs('front'),
  ...pair('foot', 'front', 3, 184, 15, 12),
];
const back: Place[] = [
  middle('head', 2, 24, 26),
  middle('neck', 29, 12, 8),
  middle('upperBack', 38, 27, 30),
  middle('lowerBack', 69, 26, 20),
  middle('sacrum', 90, 24, 20),
  ...limbs('back'),
  ...pair('heel', 'back', 4, 184, 13, 12),
];

type Props = { value: Site | null; onChange: (site: Site) => void; error: string | undefined };

/** On a figure with a finger, or in a list by its name. */
export function BodySite({ value, onChange, error }: Props) {
  const { t } = useWords();
  return (
    <div className={css.site} data-field="site">
      <label className={css.name}>
        {t('still.site')}
        <select
          name="site"
          value={value ?? ''}
          aria-invalid={error !== undefined}
          onChange={({ target }) => onChange(target.value as Site)}
        >
          <option value="" disabled>
            {t('still.chooseSite')}
          </option>
          {sites.map((site) => (
            <option key={site} value={site}>
              {t(`site.${site}`)}
            </option>
          ))}
        </select>
      </label>
      {error && (
        <p role="alert" className={css.error}>
          {error}
        </p>
      )}
      <p className={css.soft}>{t('still.figure')}</p>
      <div className={css.figures} aria-hidden>
        {([front, back] as const).map((places) => (
          <figure key={places === front ? 'front' : 'back'}>
            <svg viewBox="0 0 100 200">
              <title>{t(places === front ? 'still.front' : 'still.back')}</title>
              {places.map(({ site, x, y, w, h }) => (
                // biome-ignore lint/a11y/noStaticElementInteractions: the list beside it does the same by keyboard
                <rect
                  key={site}
                  x={x}
                  y={y}
                  width={w}
                  height={h}
                  rx={Math.min(w, h) / 2.6}
                  data-site={site}
                  data-chosen={value === site}
                  onClick={() => onChange(site)}
                />
              ))}
            </svg>
            <figcaption>{t(places === front ? 'still.front' : 'still.back')}</figcaption>
          </figure>
        ))}
      </div>
    </div>
  );
}
