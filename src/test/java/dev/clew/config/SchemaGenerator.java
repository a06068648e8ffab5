package dev.clew.config;

import dev.clew.access.JsonWebTokens;
import dev.clew.action.Redirect;
import dev.clew.config.gateway.AccessLogSettings.ShownPath;
import dev.clew.config.gateway.GatewayFile;
import dev.clew.config.gateway.LogField;
import dev.clew.config.tenant.TenantFile;
import dev.clew.config.yaml.Item;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Shape;
import dev.clew.export.settings.OtlpSettings;
import dev.clew.tenant.route.Route;
import dev.clew.tenant.tracing.SpanContent;
import dev.clew.tenant.upstream.Balancing;
import dev.clew.tenant.upstream.RetryCondition;
import dev.clew.tenant.upstream.UpstreamProtocol;
import dev.clew.trace.context.InboundTrust;
import dev.clew.trace.context.OutboundFormat;
import io.smallrye.config.ConfigValue;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Writes the JSON schemas (draft 2020-12) of the configuration files from their mappings. */
final class SchemaGenerator {

    /** Each committed schema with the mapping it describes. */
    static final Map<Path, Class<?>> SCHEMAS = Map.of(
            Path.of("tenants/tenant.schema.json"), TenantFile.class,
            Path.of("gateway/gateway.schema.json"), GatewayFile.class);

    private static final String PLACEHOLDER = "\\$\\{.+\\}";

    private SchemaGenerator() {}

    static String schema(Class<?> mapping) {
        return new JsonObject()
                        .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                        .put("title", mapping == TenantFile.class ? "A tenant of Clew" : "Clew's own settings")
                        .mergeIn(group(mapping))
                        .encodePrettily()
                + "\n";
    }

    private static JsonObject group(Class<?> type) {
        JsonObject properties = new JsonObject();
        JsonArray required = new JsonArray();
        Arrays.stream(type.getMethods())
                .filter(method -> method.isAnnotationPresent(Setting.class))
                .sorted(Comparator.comparing(Method::getName))
                .forEach(method -> {
                    properties.put(Shape.key(method), property(method));
                    if (method.getAnnotation(Setting.class).required()) {
                        required.add(Shape.key(method));
                    }
                });
        JsonObject group = new JsonObject()
                .put("type", "object")
                .put("additionalProperties", false)
                .put("properties", properties);
        return required.isEmpty() ? group : group.put("required", required);
    }

    private static JsonObject property(Method method) {
        Setting setting = method.getAnnotation(Setting.class);
        return new JsonObject()
                .put("description", plain(description(setting)))
                .mergeIn(value(method.getGenericReturnType(), setting));
    }

    private static String description(Setting setting) {
        String standard = setting.absent().isEmpty() ? setting.standard() : setting.absent();
        if (standard.startsWith("required")) {
            return setting.text() + " R" + standard.substring(1) + '.';
        }
        return standard.isEmpty() ? setting.text() : setting.text() + " Default: " + standard + '.';
    }

    /** Returns the text without Markdown, which editors do not render. */
    private static String plain(String markdown) {
        return markdown.replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1").replace("`", "");
    }

    private static JsonObject value(Type type, Setting setting) {
        if (!(type instanceof ParameterizedType generic)) {
            return type == ConfigValue.class || type == Item.class ? single(setting) : group((Class<?>) type);
        }
        Type[] arguments = generic.getActualTypeArguments();
        if (generic.getRawType() == List.class) {
            return new JsonObject().put("type", "array").put("minItems", 1).put("items", value(arguments[0], setting));
        }
        return new JsonObject()
                .put("type", "object")
                .put("minProperties", 1)
                .put("propertyNames", new JsonObject().put("pattern", "^[A-Za-z0-9._-]{1,63}$"))
                .put("additionalProperties", value(arguments[1], setting));
    }

    private static JsonObject single(Setting setting) {
        return switch (setting.value()) {
            case FLAG -> orPlaceholder(new JsonObject().put("type", "boolean"));
            case COUNT ->
                orPlaceholder(new JsonObject()
                        .put("type", "integer")
                        .put("minimum", setting.from())
                        .put("maximum", setting.to()));
            case RATIO ->
                orPlaceholder(
                        new JsonObject().put("type", "number").put("minimum", 0).put("maximum", 1));
            case SIZE ->
                new JsonObject()
                        .put(
                                "anyOf",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("type", "integer")
                                                .put("minimum", 0))
                                        .add(text("[0-9]+[KMG]?|unlimited")));
            case DURATION -> text("[0-9]+(ms|s|m|h)");
            case NAME -> text("[A-Za-z0-9._-]{1,63}");
            case URL -> text("https?://.+");
            case PATH -> text("/.*");
            case OTLP_PROTOCOL ->
                word(Arrays.stream(OtlpSettings.Protocol.values())
                        .map(OtlpSettings.Protocol::token)
                        .toList());
            case COMPRESSION ->
                word(OtlpSettings.COMPRESSIONS.keySet().stream().sorted().toList());
            case FILE -> text(".+");
            case HOST, NETWORK, REGEX, TEXT -> new JsonObject().put("type", "string");
            case SCHEME -> word(Redirect.SCHEMES);
            case REDIRECT_STATUS ->
                word(Redirect.STATUSES.stream().map(String::valueOf).toList());
            case METHOD -> word(Route.METHODS.stream().sorted().toList());
            case INBOUND_TRUST ->
                word(Arrays.stream(InboundTrust.values())
                        .map(InboundTrust::token)
                        .toList());
            case SPAN_PROFILE ->
                word(Arrays.stream(SpanContent.Profile.values())
                        .map(SpanContent.Profile::token)
                        .toList());
            case SHOWN_PATH ->
                word(Arrays.stream(ShownPath.values()).map(ShownPath::token).toList());
            case LOG_FIELD ->
                word(Arrays.stream(LogField.values()).map(LogField::token).toList());
            case STATUS -> status();
            case BAGGAGE_KEY, HEADER -> text("[!#-'*+.0-9A-Z^-z|~-]{1,128}");
            case DIGEST -> text("sha256:[0-9A-Fa-f]{64}");
            case SIGNATURE_ALGORITHM -> word(JsonWebTokens.ALGORITHMS);
            case RETRY_CONDITION ->
                word(Arrays.stream(RetryCondition.values())
                        .map(RetryCondition::token)
                        .toList());
            case PROTOCOL ->
                word(Arrays.stream(UpstreamProtocol.values())
                        .map(UpstreamProtocol::token)
                        .toList());
            case BALANCING -> word(Balancing.TOKENS);
            case PATH_TO_CHECK -> text("/[!\"$-~]*");
            case OUTBOUND_FORMAT ->
                word(OutboundFormat.WRITTEN.stream().map(OutboundFormat::token).toList());
            case GROUP -> throw new IllegalArgumentException("A single value cannot be a group.");
        };
    }

    /** Without quotes, a status is a number in YAML; the gateway accepts both. */
    private static JsonObject status() {
        return new JsonObject()
                .put(
                        "anyOf",
                        new JsonArray()
                                .add(text("[1-5]([0-9]{2}|xx)"))
                                .add(new JsonObject()
                                        .put("type", "integer")
                                        .put("minimum", 100)
                                        .put("maximum", 599)));
    }

    private static JsonObject orPlaceholder(JsonObject schema) {
        return new JsonObject()
                .put(
                        "anyOf",
                        new JsonArray()
                                .add(schema)
                                .add(new JsonObject().put("type", "string").put("pattern", "^" + PLACEHOLDER + "$")));
    }

    private static JsonObject text(String pattern) {
        return new JsonObject().put("type", "string").put("pattern", "^(" + pattern + "|.*" + PLACEHOLDER + ".*)$");
    }

    private static JsonObject word(List<String> words) {
        JsonArray values = new JsonArray();
        // Without quotes, a status code is a number in YAML; the gateway accepts both.
        words.forEach(word -> {
            values.add(word);
            if (Character.isDigit(word.charAt(0))) {
                values.add(Integer.parseInt(word));
            }
        });
        return orPlaceholder(new JsonObject().put("enum", values));
    }
}
