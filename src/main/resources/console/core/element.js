import {ReactiveElement} from '../lit/reactive-element.js';
import {html, nothing, render, svg} from '../lit/lit-html.js';

export {html, nothing, svg};

/**
 * The base of all components: Lit's element without a shadow root, so that one theme styles all of them and the
 * browser's search, selection and accessibility tree see one document.
 */
export class Element extends ReactiveElement {
  createRenderRoot() {
    return this;
  }

  update(changed) {
    super.update(changed);
    render(this.render(), this.renderRoot, {host: this});
  }

  render() {
    return nothing;
  }
}
