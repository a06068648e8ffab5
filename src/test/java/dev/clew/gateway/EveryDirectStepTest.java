package dev.clew.gateway;

/** As {@link EveryStepTest}, with the gateway's own client for upstreams: the steps are those on the client's side. */
class EveryDirectStepTest extends EveryStepTest {

    @Override
    boolean isDirect() {
        return true;
    }
}
