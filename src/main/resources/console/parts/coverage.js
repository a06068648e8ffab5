import {html} from '../core/element.js';
import {count, percent} from '../core/format.js';
import {tag} from './text.js';

/** Which upstreams continue traces, and which break them. */
export const coverageTable = rows => (rows.length ? html`
  <div class="scroll" tabindex="0" role="region" aria-label="coverage">
    <table class="list" aria-label="coverage">
    <thead><tr><th scope="col">Upstream</th><th scope="col">Chain</th><th scope="col" class="number">Continued</th>
      <th scope="col" class="number">Broken</th><th scope="col" class="number">Silent</th>
      <th scope="col" class="number">Coverage</th></tr></thead>
    <tbody>${rows.map(row => html`
      <tr><td>${row.upstream}</td><td>${verdict(row)}</td>
        <td class="number">${count(row.continued)}</td>
        <td class="number ${row.contradicted ? 'bad' : ''}">${count(row.contradicted)}</td>
        <td class="number">${count(row.silent)}</td>
        <td class="number">${percent(row.coverage)}</td></tr>`)}</tbody>
  </table></div>
  <p class="muted">A response that names the request's trace proves that the service continues it; one that names
    another proves that it breaks the chain; one that names none proves nothing.</p>`
  : html`<p class="muted">No upstream has responded yet.</p>`);

function verdict(row) {
  if (row.contradicted) {
    return tag('breaks the chain', 'bad');
  }
  return row.continued ? tag('continues', 'good') : tag('unknown');
}
