package dev.clew.config;

import dev.clew.config.gateway.GatewayFile;
import dev.clew.config.tenant.TenantCommonSection;
import dev.clew.config.tenant.TenantFile;
import dev.clew.config.tenant.UpstreamCommonSection;
import dev.clew.config.yaml.Item;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import dev.clew.config.yaml.Shape;
import io.smallrye.config.ConfigValue;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Writes the tables of keys in {@code docs/configuration.md} from the mappings. */
final class ReferenceGenerator {

    private static final String HEAD = "| key | default | meaning |\n|---|---|---|\n";
    private static final String DEFAULTS = "tenant-defaults.";

    /** Declares the keys that a tenant's file and the gateway's defaults share. */
    private static final Set<Class<?>> COMMON = Set.of(TenantCommonSection.class, UpstreamCommonSection.class);

    private final boolean ofTenant;
    private final StringBuilder table = new StringBuilder(HEAD);

    private ReferenceGenerator(boolean ofTenant) {
        this.ofTenant = ofTenant;
    }

    /** Returns the page with its tables as they should be. */
    static String page(String page) {
        return replaced(
                replaced(page, "## gateway/gateway.yaml\n", table(GatewayFile.class)),
                "## tenants/*.yaml\n",
                table(TenantFile.class));
    }

    private static String replaced(String page, String heading, String table) {
        int start = page.indexOf(HEAD, page.indexOf(heading));
        int end = page.indexOf("\n\n", start) + 1;
        return page.substring(0, start) + table + page.substring(end);
    }

    private static String table(Class<?> file) {
        ReferenceGenerator generator = new ReferenceGenerator(file == TenantFile.class);
        generator.section(file, "", "");
        return generator.table.toString();
    }

    /** @param absent the default in place of each key's own, or empty */
    private void section(Class<?> section, String prefix, String absent) {
        Arrays.stream(section.getMethods())
                .filter(method -> method.isAnnotationPresent(Setting.class))
                .sorted(Comparator.comparing(ReferenceGenerator::isOptional).thenComparing(Method::getName))
                .forEach(method -> {
                    Setting setting = method.getAnnotation(Setting.class);
                    boolean common = ofTenant && COMMON.contains(method.getDeclaringClass());
                    String standard = common ? "the gateway's" : absent.isEmpty() ? setting.absent() : absent;
                    keys(prefix + Shape.key(method), method.getGenericReturnType(), setting, standard);
                });
    }

    private static boolean isOptional(Method method) {
        return !method.getAnnotation(Setting.class).required();
    }

    private void keys(String key, Type type, Setting setting, String absent) {
        boolean list = type instanceof ParameterizedType several && several.getRawType() == List.class;
        Type item = type instanceof ParameterizedType several ? several.getActualTypeArguments()[list ? 0 : 1] : type;
        boolean single = item == ConfigValue.class || item == Item.class;
        boolean named = item != type && !list;
        row(single && named ? key + ".*" : key, setting, single ? absent : "");
        if (!single) {
            section((Class<?>) item, key + (named ? ".*." : list ? "[]." : "."), absent);
        }
    }

    private void row(String key, Setting setting, String absent) {
        String standard = setting.required()
                ? "required"
                : absent.isEmpty() && !setting.standard().isEmpty() ? '`' + setting.standard() + '`' : absent;
        table.append(
                "| `%s` |%s | %s |\n".formatted(key, standard.isEmpty() ? "" : ' ' + standard, text(key, setting)));
    }

    private String text(String key, Setting setting) {
        if (!ofTenant && key.startsWith(DEFAULTS)) {
            String same = key.substring(DEFAULTS.length());
            boolean ofAll = same.startsWith("tracing") || same.startsWith("limits");
            return "See `" + (ofAll ? same : "upstreams.*." + same) + "` below.";
        }
        boolean bounded = setting.value() == Kind.COUNT && setting.to() < Integer.MAX_VALUE;
        return bounded ? setting.text() + " From " + setting.from() + " to " + setting.to() + '.' : setting.text();
    }
}
