import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport

@testable import OffhookServer

extension TestClientProtocol {
    /// Sends a file.
    func upload(_ text: String, _ session: BenchSession, name: String = "crm.csv") async throws -> TestResponse {
        try await execute(
            uri: "/api/v1/uploads?name=\(name)", method: .post,
            headers: session.script.with("Content-Type", "application/octet-stream"), body: ByteBuffer(string: text))
    }

    /// Waits until the work on an upload has ended.
    func finished(_ id: String, _ session: BenchSession) async throws -> UploadView {
        try await wait(for: "the end of the work") {
            let view = try await self.send(.get, "/api/v1/uploads/\(id)", session).value(UploadView.self)
            return !["waiting", "running"].contains(view.state)
        }
        return try await send(.get, "/api/v1/uploads/\(id)", session).value(UploadView.self)
    }
}
