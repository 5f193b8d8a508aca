package io.mainstay.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;

class LogConnectionFactoryTest {

    @Test
    void setsWhatTheLogNeeds() {
        try (ActiveMQConnectionFactory artemis = factory("vm://0").delegate()) {
            assertThat(artemis.getConfirmationWindowSize()).isEqualTo(16 << 20);
            assertThat(artemis.getProducerWindowSize()).isEqualTo(-1);
            assertThat(artemis.getMinLargeMessageSize()).isEqualTo(2 << 20);
            assertThat(artemis.isBlockOnDurableSend()).isFalse();
            assertThat(artemis.getConsumerWindowSize()).isEqualTo(-1);
            assertThat(artemis.isUseGlobalPools()).isTrue();
            assertThat(artemis.getReconnectAttempts()).isZero();
        }
    }

    @Test
    void neverReconnectsASessionThatMayHaveLostItsToken() {
        try (ActiveMQConnectionFactory artemis =
                factory("tcp://127.0.0.1:1?reconnectAttempts=-1").delegate()) {
            assertThat(artemis.getReconnectAttempts()).isZero();
        }
    }

    @Test
    void knowsBothMembersOfAPair() {
        try (ActiveMQConnectionFactory artemis =
                factory("(tcp://127.0.0.1:1,tcp://127.0.0.1:2)?ha=true").delegate()) {
            assertThat(artemis.isHA()).isTrue();
            assertThat(artemis.getStaticConnectors()).hasSize(2);
            assertThat(artemis.getConfirmationWindowSize()).isEqualTo(16 << 20);
        }
    }

    private static LogConnectionFactory factory(String url) {
        LogConnectionFactory factory = new LogConnectionFactory();
        factory.setUrl(url);
        return factory;
    }
}
