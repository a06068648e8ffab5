package dev.clew.management;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The page that asks a browser's user for a token, as the body of 401 at the console's addresses. It keeps the token in
 * {@code sessionStorage} under {@value #KEY}, for the console's requests to the API, and shows it once to the console's
 * address, which sets the cookie that opens the console's files.
 */
final class SignInPage {

    static final String KEY = "clew-token";

    private static final String STYLE =
            """
            :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
            body{max-width:24rem;margin:20vh auto;padding:0 1rem}
            label,input,button{display:block;width:100%;box-sizing:border-box;font:inherit}
            input,button{margin-top:.5rem;padding:.5rem}
            p{min-height:1.5rem}""";

    private static final String SCRIPT =
            """
            document.querySelector("form").addEventListener("submit", async event => {
              event.preventDefault();
              const token = document.querySelector("input").value.trim();
              const response = await fetch("/console/", {headers: {authorization: "Bearer " + token}});
              if (response.ok) {
                sessionStorage.setItem("clew-token", token);
                location.reload();
              } else {
                document.querySelector("p").textContent = "The token is not valid.";
              }
            });""";

    private static final String PAGE = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
            + "<meta name=\"viewport\" content=\"width=device-width\"><title>Sign in</title><style>" + STYLE
            + "</style></head><body><main><form><label for=\"token\">Token of the management port</label>"
            + "<input id=\"token\" type=\"password\" autocomplete=\"off\" required autofocus>"
            + "<button>Sign in</button></form><p role=\"alert\"></p></main><script type=\"module\">" + SCRIPT
            + "</script></body></html>";

    private final String policy;

    SignInPage() {
        this.policy = "default-src 'none'; style-src '" + hash(STYLE) + "'; script-src '" + hash(SCRIPT)
                + "'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    String html() {
        return PAGE;
    }

    /** Returns the value of {@code Content-Security-Policy}, which allows this page's own style and script only. */
    String policy() {
        return policy;
    }

    private static String hash(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
