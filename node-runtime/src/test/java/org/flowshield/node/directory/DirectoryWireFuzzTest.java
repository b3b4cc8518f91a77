package org.flowshield.node.directory;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;

/** Whatever comes from a peer is something that can be said again, or is refused. */
final class DirectoryWireFuzzTest {

    @FuzzTest
    void bytes_are_a_request_or_refused(byte[] message) {
        try {
            DirectoryRequest request = DirectoryWire.parseRequest(ByteString.copyFrom(message));
            ByteString again = ByteString.copyFrom(DirectoryWire.encode(request));
            if (!DirectoryWire.parseRequest(again).equals(request)) {
                throw new AssertionError(request + " became another");
            }
        } catch (MalformedDirectoryException expected) {
            if (expected.reason().name().isEmpty()) {
                throw new AssertionError("a refusal without a reason");
            }
        }
    }

    @FuzzTest
    void bytes_are_an_answer_or_refused(byte[] message) {
        try {
            DirectoryAnswer answer = DirectoryWire.parseAnswer(ByteString.copyFrom(message));
            ByteString again = ByteString.copyFrom(DirectoryWire.encode(answer));
            if (!DirectoryWire.parseAnswer(again).equals(answer)) {
                throw new AssertionError(answer + " became another");
            }
        } catch (MalformedDirectoryException expected) {
            if (expected.reason().name().isEmpty()) {
                throw new AssertionError("a refusal without a reason");
            }
        }
    }
}
