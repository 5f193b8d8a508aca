package io.mainstay.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogUrlTest {

    @Test
    void completesWhatTheUrlDoesNotSay() {
        assertThat(LogUrl.of("vm://0"))
                .isEqualTo("vm://0?blockOnDurableSend=false&confirmationWindowSize=16777216&consumerWindowSize=-1"
                        + "&minLargeMessageSize=2097152&producerWindowSize=-1&useGlobalPools=true");
    }

    @Test
    void leavesWhatTheUrlSays() {
        assertThat(LogUrl.of("vm://0?consumerWindowSize=1024"))
                .startsWith("vm://0?consumerWindowSize=1024&blockOnDurableSend=false")
                .doesNotContain("consumerWindowSize=-1");
    }

    @Test
    void completesAPairAsAWhole() {
        assertThat(LogUrl.of("(tcp://a:61616?sslEnabled=true,tcp://b:61616)"))
                .startsWith("(tcp://a:61616?sslEnabled=true,tcp://b:61616)?blockOnDurableSend=false");
        assertThat(LogUrl.of("(tcp://a:61616,tcp://b:61616)?ha=true"))
                .startsWith("(tcp://a:61616,tcp://b:61616)?ha=true&blockOnDurableSend=false");
    }
}
