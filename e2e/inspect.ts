import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

export const widths = [390, 820, 1440];
const heights: Record<number, number> = { 390: 844, 820: 1180, 1440: 900 };

/** Looks at a screen on a phone, a tablet and a desktop: axe finds nothing, nothing is wider than the window, and a picture is kept. */
export async function inspect(page: Page, name: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: heights[width] ?? 900 });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await page.screenshot({ path: `test-results/screens/${name}-${width}.png` });
    const { violations, incomplete } = await new AxeBuilder({ page })
      .setLegacyMode() // no frames of others here; it takes half the time
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    // Text in the very colour of its ground is "incomplete" to axe; for us it cannot be read.
    const unreadable = incomplete.flatMap(({ nodes }) =>
      nodes.filter(({ any }) => any.some(({ data }) => data?.messageKey === 'equalRatio')),
    );
    found.push(...unreadable.map(({ html }) => `unreadable: ${html}`));
    expect(found, `${name} at ${width}`).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `${name} at ${width} scrolls sideways`).toBe(0);
  }
}
