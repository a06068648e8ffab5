import {Element, html, nothing} from '../core/element.js';
import {setToken} from '../core/api.js';

/** Asks for the management port's token. It stays in this tab. */
class TokenForm extends Element {
  static properties = {rejected: {type: Boolean}};

  submit(event) {
    event.preventDefault();
    const token = this.querySelector('input').value.trim();
    if (token) {
      setToken(token);
      this.dispatchEvent(new CustomEvent('token', {bubbles: true}));
    }
  }

  render() {
    return html`
      <form class="token panel" @submit=${this.submit}>
        <h1>Token</h1>
        <p>The management port of this gateway requires a token. It is kept until this tab is closed.</p>
        ${this.rejected ? html`<p class="mistake" role="alert">The gateway did not accept that token.</p>` : nothing}
        <label for="token">Token</label>
        <input id="token" type="password" autocomplete="off" spellcheck="false" required autofocus>
        <button type="submit" class="primary">Open the console</button>
      </form>`;
  }
}

customElements.define('clew-token-form', TokenForm);
