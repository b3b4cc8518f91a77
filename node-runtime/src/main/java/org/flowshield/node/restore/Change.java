package org.flowshield.node.restore;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * One thing that is changed on a machine, described so that it can be put back by who did not make
 * it. Putting back what was never made, or is already gone, does nothing. Immutable.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.NftTable.class, name = "nft-table"),
    @JsonSubTypes.Type(value = Change.Rule.class, name = "rule"),
    @JsonSubTypes.Type(value = Change.RouteTable.class, name = "route-table"),
    @JsonSubTypes.Type(value = Change.Setting.class, name = "setting"),
    @JsonSubTypes.Type(value = Change.SettingsFile.class, name = "settings-file"),
})
public sealed interface Change {

    /** A family of addresses. */
    enum Family {
        V4("-4"),
        V6("-6");

        private final String option;

        Family(String option) {
            this.option = option;
        }

        /** What {@code ip} wants to be told. */
        public String option() {
            return option;
        }
    }

    /** A table of nftables of our own. */
    record NftTable(String family, String name) implements Change {}

    /**
     * A rule of policy routing.
     *
     * @param words what {@code ip rule add} was told; {@code ip rule del} is told the same
     */
    record Rule(Family family, List<String> words) implements Change {
        public Rule {
            words = List.copyOf(words);
        }
    }

    /** A route table of our own. */
    record RouteTable(Family family, int number) implements Change {}

    /**
     * A setting of the kernel. It is put back only if it still has the value that we gave it:
     * otherwise somebody else has changed it since, and it is theirs.
     *
     * @param path as {@link Machine#setting} takes it
     * @param before the value before us
     * @param ours the value that we give it
     */
    record Setting(String path, String before, String ours) implements Change {}

    /**
     * A file of settings. It is put back only if it still is as we made it.
     *
     * @param path absolute
     */
    record SettingsFile(String path, FileState before, FileState ours) implements Change {}
}
