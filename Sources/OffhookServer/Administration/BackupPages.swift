import CampaignStore
import Campaigns
import Dialer
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// A copy of the database to keep.
enum BackupPages {
    static let chunk = 1 << 18

    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/administration/backup", .page(.administrator), "what a back-up holds, and the way to one") {
            request, context in
            let bytes = try parts.store.size()
            return try AdministrationPages.page(
                "backup", title: "Backup",
                ["size": ByteCountFormatter.string(fromByteCount: bytes, countStyle: .file)], parts, request, context)
        }
        table.post("/administration/backup", .page(.administrator), "makes a back-up and sends it") { _, context in
            try await download(parts, context)
        }
    }

    /// Copies the database beside it, where there is room for another of its size and the folder is its owner's, and sends
    /// the copy; it is gone when the last byte is sent, or the browser is.
    private static func download(_ parts: ServerParts, _ context: ServeContext) async throws -> Response {
        let now = parts.now()
        let path = "\(parts.store.path).\(UUID().uuidString).download"
        let store = parts.store
        let summary = try await parts.longWork.run(within: nil, isEndable: false) {
            try store.backUp(to: path, at: now)
        }
        let file: FileHandle
        do {
            // Open, it can be read; without a name, nothing has to tidy up after a crash.
            file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            try FileManager.default.removeItem(atPath: path)
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            parts.logger.of(.web).error("A back-up cannot be read back: \(LoggedError.text(error))")
            throw Problem(
                .internalServerError, "The back-up cannot be read back; check the disk and try again.", code: "backup")
        }
        try parts.audit("backup_downloaded", context, detail: "\(summary.bytes) bytes, event \(summary.lastEvent)")
        let name = "offhook-\(now.iso8601.prefix(16).filter { $0.isNumber || $0 == "T" }).db"
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/vnd.sqlite3", .contentLength: "\(summary.bytes)",
                .contentDisposition: "attachment; filename=\"\(name)\"",
            ],
            body: ResponseBody(contentLength: summary.bytes) { writer in
                defer { try? file.close() }
                while let data = try file.read(upToCount: chunk), !data.isEmpty {
                    try await writer.write(ByteBuffer(bytes: data))
                }
                try await writer.finish(nil)
            }.written(on: parts.threads.web))
    }
}
