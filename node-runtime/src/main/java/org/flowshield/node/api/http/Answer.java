package org.flowshield.node.api.http;

import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.json.ErrorBody;

/**
 * An answer before it is written. Immutable.
 *
 * @param body what becomes JSON
 * @param headers beyond those of every answer
 */
record Answer(int status, Object body, Map<HttpHeader, String> headers) {

    private static final Map<HttpHeader, String> CLOSE = Map.of(HttpHeader.CONNECTION, "close");

    Answer {
        headers = Map.copyOf(headers);
    }

    static Answer ok(Object body) {
        return new Answer(HttpStatus.OK_200, body, Map.of());
    }

    /** What a node refused; the kind decides on the status. */
    static Answer refused(RefusedException refused) {
        return error(
                switch (refused.kind()) {
                    case INVALID -> HttpStatus.BAD_REQUEST_400;
                    case PERMISSION -> HttpStatus.FORBIDDEN_403;
                    case REFUSED -> HttpStatus.CONFLICT_409;
                    case FAILED -> HttpStatus.BAD_GATEWAY_502;
                },
                refused.problem());
    }

    static Answer notAllowed(AccessPolicy access) {
        return closing(
                HttpStatus.FORBIDDEN_403,
                new Problem(
                        "not_allowed",
                        "this user may not steer the daemon; only " + access.inWords() + " may",
                        "run it with sudo, or: sudo usermod -aG " + access.group() + " $USER"));
    }

    static Answer notFound(String path) {
        return error(
                HttpStatus.NOT_FOUND_404,
                new Problem(
                        "not_found",
                        "there is nothing at " + path,
                        "see /v1/openapi.json for what there is"));
    }

    static Answer wrongMethod(String path, String allowed) {
        return new Answer(
                HttpStatus.METHOD_NOT_ALLOWED_405,
                new ErrorBody(
                        new Problem(
                                "method_not_allowed",
                                path + " takes " + allowed + " only",
                                "use " + allowed)),
                Map.of(HttpHeader.ALLOW, allowed));
    }

    static Answer tooLarge(int most) {
        return closing(
                HttpStatus.PAYLOAD_TOO_LARGE_413,
                new Problem(
                        "too_large",
                        "the body of a request has at most " + most + " bytes",
                        "send less"));
    }

    static Answer tooSlow() {
        return closing(
                HttpStatus.REQUEST_TIMEOUT_408,
                new Problem("too_slow", "the request did not come to its end", "send it again"));
    }

    static Answer busy(String what) {
        return error(
                HttpStatus.SERVICE_UNAVAILABLE_503,
                new Problem("busy", what, "close some, or try again in a moment"));
    }

    static Answer stopping() {
        return closing(
                HttpStatus.SERVICE_UNAVAILABLE_503,
                new Problem("stopping", "the daemon is stopping", "start it again"));
    }

    static Answer internal() {
        return error(
                HttpStatus.INTERNAL_SERVER_ERROR_500,
                new Problem(
                        "internal",
                        "the daemon failed unexpectedly",
                        "its log says where; please report it"));
    }

    /** What Jetty refused before the request reached us: a broken line, a header too long. */
    static Answer malformed(int status) {
        return closing(
                status,
                new Problem(
                        "malformed",
                        "this is no request that HTTP allows here: "
                                + HttpStatus.getMessage(status),
                        "see /v1/openapi.json for what is taken"));
    }

    private static Answer error(int status, Problem problem) {
        return new Answer(status, new ErrorBody(problem), Map.of());
    }

    private static Answer closing(int status, Problem problem) {
        return new Answer(status, new ErrorBody(problem), CLOSE);
    }
}
