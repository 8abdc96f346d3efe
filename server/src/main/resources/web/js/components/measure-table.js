import { html, nothing } from 'lit';
import { bytes, legName, millis, seconds } from '../format.js';

const COSTS = {
  p50_ms: { title: 'p50', show: millis },
  p95_ms: { title: 'p95', show: millis },
  build_s: { title: 'build', show: seconds },
  index_bytes: { title: 'index', show: bytes },
};

/** Systems x measures, each with its interval drawn and written, and what each system costs. */
export function measureTable(rows, intervals) {
  const measures = Object.keys(rows[0] ?? {}).filter((name) => name !== 'system' && !(name in COSTS) && typeof rows[0][name] === 'number');
  const costs = Object.keys(COSTS).filter((name) => rows.some((row) => name in row));
  const best = Object.fromEntries(measures.map((measure) => [measure, Math.max(...rows.map((row) => row[measure]))]));
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label="Systems and measures">
      <table class="measures">
        <thead>
          <tr>
            <th scope="col">System</th>
            ${measures.map((measure) => html`<th scope="col" class="num">${measure}</th>`)}
            ${costs.map((cost) => html`<th scope="col" class="num">${COSTS[cost].title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) => html`
              <tr>
                <th scope="row">${legName(row.system)}</th>
                ${measures.map((measure) => cell(row, measure, intervals[row.system]?.[measure], best[measure], range(rows, measure, intervals)))}
                ${costs.map((cost) => html`<td class="num">${cost in row ? COSTS[cost].show(row[cost]) : ''}</td>`)}
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
    <p class="quiet small">Best of a column in bold. Below each figure its 95 % bootstrap interval over queries.</p>
  `;
}

function cell(row, measure, interval, best, [low, high]) {
  const value = row[measure];
  const share = (x) => (100 * (x - low)) / (high - low || 1);
  return html`
    <td class="num measure">
      <span class=${value === best ? 'best' : ''}>${value.toFixed(4)}</span>
      ${interval
        ? html`
            <span class="interval">${interval[0].toFixed(3)}–${interval[1].toFixed(3)}</span>
            <span class="whisker" aria-hidden="true">
              <span class="whisker-range" .style=${`left: ${share(interval[0])}%; width: ${share(interval[1]) - share(interval[0])}%`}></span>
              <span class="whisker-mean" .style=${`left: ${share(value)}%`}></span>
            </span>
          `
        : nothing}
    </td>
  `;
}

/** From the lowest to the highest end of a measure's intervals, so that the rows of a column share a scale. */
function range(rows, measure, intervals) {
  const ends = rows.flatMap((row) => intervals[row.system]?.[measure] ?? [row[measure]]);
  return [Math.min(...ends), Math.max(...ends)];
}
