import uPlot from 'uplot';

const HEIGHT = 220;

/** Bars of differences, wins above the line and losses below, drawn into an element that they fill and follow. */
export class WinsChart {
  constructor(host) {
    this.host = host;
    this.repaint = () => this.draw();
    this.dark = matchMedia('(prefers-color-scheme: dark)');
    this.dark.addEventListener('change', this.repaint);
    window.addEventListener('sidereal:theme', this.repaint);
    this.sizes = new ResizeObserver(() => this.plot?.setSize({ width: host.clientWidth, height: HEIGHT }));
    this.sizes.observe(host);
  }

  /** Shows differences, greatest first. */
  show(differences, measure) {
    const shown = JSON.stringify([differences, measure]);
    if (shown !== this.shown) {
      this.shown = shown;
      this.differences = differences;
      this.measure = measure;
      this.draw();
    }
  }

  draw() {
    this.plot?.destroy();
    this.host.replaceChildren();
    if (!this.differences?.length) {
      return;
    }
    const ink = this.colour('--ink-2');
    const axis = { stroke: ink, grid: { stroke: this.colour('--line'), width: 1 }, ticks: { show: false }, font: '12px system-ui' };
    const bars = (stroke) => ({ stroke, fill: stroke, width: 0, points: { show: false }, paths: uPlot.paths.bars({ size: [0.9, 40] }) });
    const x = this.differences.map((_, i) => i + 1);
    this.plot = new uPlot(
      {
        width: this.host.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: false }, y: { range: (_, low, high) => [Math.min(low, -0.1) * 1.05, Math.max(high, 0.1) * 1.05] } },
        axes: [
          { ...axis, grid: { show: false }, label: 'queries, greatest win first', labelFont: '12px system-ui', labelSize: 20, size: 30 },
          { ...axis, size: 46 },
        ],
        series: [{}, bars(this.colour('--accent')), bars(this.colour('--loss'))],
      },
      [x, this.differences.map((d) => (d > 0 ? d : 0)), this.differences.map((d) => (d < 0 ? d : 0))],
      this.host,
    );
  }

  /** A colour of the style sheet as the canvas understands it. */
  colour(name) {
    this.host.style.color = `var(${name})`;
    const colour = getComputedStyle(this.host).color;
    this.host.style.color = '';
    return colour;
  }

  close() {
    this.plot?.destroy();
    this.plot = null;
    this.sizes.disconnect();
    this.dark.removeEventListener('change', this.repaint);
    window.removeEventListener('sidereal:theme', this.repaint);
  }
}
