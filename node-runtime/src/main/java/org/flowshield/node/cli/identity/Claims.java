package org.flowshield.node.cli.identity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flowshield.node.desk.identity.NodeClaims;
import org.flowshield.node.identity.NodeAttribute;

/** What wallets say of nodes, as people and scripts read it. Nothing in it steers a terminal. */
final class Claims {

    private Claims() {}

    /** A line each; none if nothing is said. */
    static List<String> lines(NodeClaims claims) {
        List<String> lines = new ArrayList<>();
        for (NodeAttribute attribute : claims.attributes()) {
            lines.add(String.format(Locale.ROOT, "  %s = %s", attribute.name(), attribute.value()));
        }
        if (!claims.whole()) {
            lines.add("  and more, which nobody reads");
        }
        return lines;
    }

    static Map<String, Object> json(NodeClaims claims) {
        List<Map<String, String>> said = new ArrayList<>();
        for (NodeAttribute attribute : claims.attributes()) {
            Map<String, String> one = new LinkedHashMap<>();
            one.put("name", attribute.name());
            one.put("value", attribute.value());
            said.add(one);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("claimed", said);
        json.put("claimed_whole", claims.whole());
        return json;
    }
}
