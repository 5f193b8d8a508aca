package io.mainstay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.config.ConfigReference;
import io.mainstay.core.shard.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EngineConfigTest {
    @Test
    void everySettingIsInTheReference() throws IOException {
        assertThat(Files.readString(Path.of("../docs/reference/configuration.md")))
                .contains(ConfigReference.rows(EngineConfig.KEYS));
    }

    @Test
    void everyDefaultIsValid() {
        assertThat(EngineConfig.from(name -> Optional.empty())).isNotNull();
    }

    @Test
    void eachShardMayHaveADurabilityOfItsOwn() {
        EngineConfig config = from(Map.of(
                "mainstay.durability", "async",
                "mainstay.durability.shards", "0=sync, 2=group-commit",
                "mainstay.durability.async.count.max", "50",
                "mainstay.durability.async.age.max", "5ms"));
        assertThat(config.shard(0).durability()).isEqualTo(new Durability.Sync());
        assertThat(config.shard(1).durability()).isEqualTo(new Durability.Async(50, 5000));
        assertThat(config.shard(2).durability()).isEqualTo(new Durability.GroupCommit());
    }

    @Test
    void wrongPoliciesAreNamed() {
        assertThatThrownBy(() -> from(Map.of("mainstay.durability", "fast")))
                .hasMessage("mainstay.durability is 'fast' (no such policy); sync, group-commit or async wanted");
        assertThatThrownBy(() -> from(Map.of("mainstay.durability.shards", "0=fast")))
                .hasMessageContaining("no such policy");
        assertThatThrownBy(() -> from(Map.of("mainstay.durability.shards", "1")))
                .hasMessageContaining("'1' is no pair");
        assertThatThrownBy(() -> from(Map.of("mainstay.durability.shards", "1=sync,1=async")))
                .hasMessageContaining("shard 1 occurs twice");
        assertThatThrownBy(() -> from(Map.of("mainstay.durability.shards", "4=sync")))
                .hasMessageContaining("there are 4 shards from 0 on");
        assertThatThrownBy(() -> from(Map.of("mainstay.tails.allowed", "ledger")))
                .hasMessageContaining("'ledger' is no domain with a version");
    }

    private static EngineConfig from(Map<String, String> settings) {
        return EngineConfig.from(name -> Optional.ofNullable(settings.get(name)));
    }
}
