package dev.clew.trace.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** W3C Trace Context Level 2, sections 3.2 and 3.3: both headers together, and the grammar of tracestate. */
class InboundTraceTest {
    private static final String PARENT = "00-12345678901234567890123456789012-1234567890123456-00";

    @Test
    void findsNothingWithoutTraceparent() {
        assertEquals(new Inbound.Absent(), InboundTrace.read(List.of(), List.of("foo=1")));
    }

    @Test
    void believesNoneOfSeveralTraceparents() {
        Inbound twice = InboundTrace.read(List.of(PARENT, PARENT), List.of("foo=1"));
        assertEquals(new Inbound.Invalid(Inbound.Reason.SEVERAL), twice);
    }

    @Test
    void doesNotReadTracestateWhenTraceparentIsInvalid() {
        assertInstanceOf(Inbound.Invalid.class, InboundTrace.read(List.of("00-x"), List.of("foo=1")));
    }

    @Test
    void keepsTraceparentWhenTracestateIsInvalid() {
        Inbound inbound = InboundTrace.read(List.of(PARENT), List.of("FOO=1"));
        assertEquals(TraceParent.parse(PARENT), inbound);
    }

    @Test
    void readsTracestateOfLaterVersions() {
        Inbound inbound = InboundTrace.read(List.of("cc" + PARENT.substring(2) + "-x"), List.of("foo=1"));
        assertEquals(
                "foo=1",
                assertInstanceOf(Inbound.Valid.class, inbound).context().traceState());
    }

    @Test
    void combinesLinesInOrder() {
        assertEquals("foo=1,bar=2,rojo=1,congo=2,baz=3", state("foo=1,bar=2", "rojo=1,congo=2", "baz=3"));
    }

    @Test
    void acceptsEmptyHeadersAndMembersAndDropsThem() {
        assertEquals("", state(""));
        assertEquals("", state(" \t", ",, ,"));
        assertEquals("foo=1", state("foo=1", ""));
        assertEquals("foo=1", state("", "foo=1"));
        assertEquals("foo=1,bar=2", state("foo=1,,\t,bar=2,"));
    }

    @Test
    void dropsWhiteSpaceAroundMembers() {
        assertEquals("foo=1,bar=2,baz=3", state("foo=1 \t , \t bar=2, \t baz=3"));
        assertEquals("foo=1,bar=2,baz=3", state("foo=1\t \t,\t \tbar=2,\t \tbaz=3"));
        assertEquals("foo=1", state("\t foo=1 \t"));
    }

    @Test
    void keepsSpacesAtTheBeginningOfAValue() {
        assertEquals("foo=  1,bar= a b", state("foo=  1,bar= a b "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "foo=1,foo=1|foo=1",
                "foo=1,foo=2|foo=1",
                "foo=1,bar=2,foo=3|foo=1,bar=2",
                "foo=1,foo=2,bar=3|foo=1,bar=3",
                "a=1, ,a=1,,b=2|a=1,b=2"
            })
    void keepsTheFirstOfSeveralMembersWithOneKey(String list, String kept) {
        assertEquals(kept, state(list));
        assertEquals(kept, state(list.split(",")));
    }

    @Test
    void dropsTheListWhenARepeatedMemberIsIllegal() {
        assertEquals("", state("foo=1,foo==,bar=2"));
    }

    @Test
    void tellsAKeyFromALongerOne() {
        assertEquals("foo=1,fo=2,fooo=3", state("foo=1,fo=2,fooo=3"));
    }

    @Test
    void acceptsAllCharactersThatTheGrammarAllows() {
        String key = "abcdefghijklmnopqrstuvwxyz0123456789_-*/";
        String value = IntStream.rangeClosed(0x20, 0x7e)
                .filter(c -> c != ',' && c != '=')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        assertEquals(key + "=" + value, state(key + "=" + value));
        assertEquals(key + "@a-z0-9_-*/=" + value, state(key + "@a-z0-9_-*/=" + value));
        assertEquals("0digit=1", state("0digit=1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo =1",
                "FOO=1",
                "foo.bar=1",
                "=1",
                "_a=1",
                "-a=1",
                "*=1",
                "f\u00f6=1",
                "foo",
                "foo\t=1",
                "a,b",
                "@foo=1"
            })
    void dropsTheListWhenAKeyIsIllegal(String list) {
        assertEquals("", state("ok=1", list));
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo@=1", "foo@@bar=1", "foo@bar@baz=1", "0@=1"})
    void acceptsAtSignsAfterTheFirstCharacterOfAKey(String list) {
        assertEquals(list + ",bar=2", state(list + ",bar=2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"foo=bar=baz", "foo=", "foo= ", "foo==", "foo=a\tb", "foo=\u0000", "foo=\u007f", "foo=\u00e9"})
    void dropsTheListWhenAValueIsIllegal(String list) {
        assertEquals("", state(list, "bar=3"));
    }

    @Test
    void limitsTheLengthOfKeysAndValues() {
        assertEquals("foo=1," + "z".repeat(256) + "=1", state("foo=1", "z".repeat(256) + "=1"));
        assertEquals("", state("foo=1", "z".repeat(257) + "=1"));
        for (String key :
                List.of("t".repeat(241) + "@" + "v".repeat(14), "t".repeat(242) + "@v", "t@" + "v".repeat(254))) {
            assertEquals("foo=1," + key + "=1", state("foo=1", key + "=1"));
        }
        assertEquals("", state("foo=1", "t@" + "v".repeat(255) + "=1"));
        assertEquals("a=" + "v".repeat(256), state("a=" + "v".repeat(256)));
        assertEquals("", state("a=" + "v".repeat(257)));
    }

    @Test
    void accepts32MembersAndDropsTheListAt33() {
        String all = members(32);
        assertEquals(all, state(all));
        assertEquals(all, state(members(31), "k31=31"));
        assertEquals(all, state(all + ",, ,"));
        assertEquals("", state(members(33)));
        assertEquals("", state(members(32), "k32=32"));
        assertEquals("", state(members(32), "k0=0"), "a repeated member counts");
    }

    @Test
    void carriesMoreThan512CharactersWhole() {
        String list = "a=" + "x".repeat(256) + ",b=" + "y".repeat(256) + ",c=" + "z".repeat(100);
        assertEquals(list, state(list));
    }

    private static String members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "k" + i + "=" + i).collect(Collectors.joining(","));
    }

    private static String state(String... lines) {
        Inbound inbound = InboundTrace.read(List.of(PARENT), List.of(lines));
        return assertInstanceOf(Inbound.Valid.class, inbound).context().traceState();
    }
}
