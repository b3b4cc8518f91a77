package org.flowshield.node.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of {@link ClientSettings}; what is null stays as it is. Immutable.
 *
 * @param dns empty: the provider's again
 */
public record ClientSettingsChange(@Nullable List<DnsServer> dns, @Nullable Boolean lan) {

    /**
     * @throws IllegalArgumentException if there are more servers than can be asked, or one twice
     */
    public ClientSettingsChange {
        dns = dns == null ? null : ClientSettings.sound(dns);
    }

    /** What holds after it. */
    public ClientSettings over(ClientSettings before) {
        return new ClientSettings(
                dns == null ? before.dns() : dns, lan == null ? before.lan() : lan);
    }
}
