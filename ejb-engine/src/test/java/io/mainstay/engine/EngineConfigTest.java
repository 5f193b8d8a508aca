package io.mainstay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.config.ConfigReference;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.PayloadEncoding;
import io.mainstay.core.quota.TenantQuota;
import io.mainstay.core.quota.TenantQuotas;
import io.mainstay.core.shard.Durability;
import io.mainstay.core.shard.ShardConfig.Formats;
import io.mainstay.domain.ledger.LedgerDomain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void eachTenantMayHaveQuotasOfItsOwn() {
        TenantQuotas quotas = from(Map.of(
                        "mainstay.quota.commands", "100",
                        "mainstay.quota.tenants", "acme=500/2000/100000, umbrella=0/1/7"))
                .quotas();
        assertThat(quotas.of("acme")).isEqualTo(new TenantQuota(500, 2000, 100_000));
        assertThat(quotas.of("umbrella")).isEqualTo(new TenantQuota(TenantQuota.UNLIMITED, 1, 7));
        assertThat(quotas.of("other")).isEqualTo(new TenantQuota(100, 1000, TenantQuota.UNLIMITED));
        assertThat(quotas.of("")).isEqualTo(quotas.of("other"));
    }

    @Test
    void wrongQuotasAreNamed() {
        assertThatThrownBy(() -> from(Map.of("mainstay.quota.tenants", "acme=5")))
                .hasMessageContaining("mainstay.quota.tenants is 'acme=5'")
                .hasMessageContaining("'acme=5' is no tenant with its quotas");
        assertThatThrownBy(() -> from(Map.of("mainstay.quota.tenants", "a=1/1/1,a=2/2/2")))
                .hasMessageContaining("tenant a occurs twice");
        assertThatThrownBy(() -> from(Map.of("mainstay.quota.tenants", "a=1/0/1")))
                .hasMessageContaining("0 at once");
        assertThatThrownBy(() -> from(Map.of("mainstay.quota.tenants", "a=99999999/1/1")))
                .hasMessageContaining("99999999 is more than 10000000");
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

    @Test
    void formatsAreThoseThatAreInstalled() {
        Formats formats = from(Map.of(
                        "mainstay.log.serializer", "json",
                        "mainstay.log.compression", "zstd",
                        "mainstay.log.compression.level", "9",
                        "mainstay.snapshot.codec", "json"))
                .shard(0)
                .formats();
        assertThat(formats.payloads()).isEqualTo(PayloadEncoding.of("json", "zstd", 9));
        assertThat(formats.snapshotCodec()).isEqualTo("json");
        FormatSettings.check(formats, new Domains(List.of(new LedgerDomain())));
    }

    @Test
    void formatsThatAreNotInstalledAreNamed() {
        assertThatThrownBy(() -> from(Map.of("mainstay.log.serializer", "yaml")))
                .hasMessage("mainstay.log.serializer is 'yaml' (no log serializer yaml is installed, only [json]);"
                        + " binary, json or the name of another one that is installed wanted");
        assertThatThrownBy(() -> from(Map.of("mainstay.log.compression", "lz4")))
                .hasMessage("mainstay.log.compression is 'lz4' (no compression lz4 is installed); none or zstd wanted");
        assertThatThrownBy(() -> from(Map.of("mainstay.log.compression.level", "20")))
                .hasMessageContaining("1 to 19 wanted");
        Formats yaml = from(Map.of("mainstay.snapshot.codec", "yaml")).shard(0).formats();
        assertThatThrownBy(() -> FormatSettings.check(yaml, new Domains(List.of(new LedgerDomain()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mainstay.snapshot.codec is 'yaml' (snapshot codec yaml is not installed,");
    }

    private static EngineConfig from(Map<String, String> settings) {
        return EngineConfig.from(name -> Optional.ofNullable(settings.get(name)));
    }
}
