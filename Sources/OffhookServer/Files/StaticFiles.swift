import CampaignStore
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The style sheet, scripts and pictures of the pages, read once at the start: no path of a request ever reaches the disk.
public struct StaticFiles: Sendable {
    private struct File: Sendable {
        let data: Data
        let tag: String
        let mediaType: String
    }

    private let files: [String: File]

    /// Reads `web/static` of the share folder, and Chart.js where it is installed, as `chart.js`.
    ///
    /// - Throws: where the folder cannot be read, as a sentence.
    init(_ configuration: ServerConfiguration) throws {
        let folder = configuration.share.appendingPathComponent("web/static").standardizedFileURL
        guard let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
        else {
            throw StoreError.refused(
                "The folder \(folder.path) cannot be read; set OFFHOOK_SHARE to Offhook's share folder.")
        }
        var files: [String: File] = [:]
        for case let url as URL in found {
            guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
            let name = String(url.standardizedFileURL.path.dropFirst(folder.path.count + 1))
            files[name] = Self.file(try Data(contentsOf: url), name)
        }
        if let script = FileManager.default.contents(atPath: configuration.chartScript) {
            files["chart.js"] = Self.file(script, "chart.js")
        }
        self.files = files
    }

    /// Whether Chart.js is there; pages show tables alone where it is not.
    public var hasCharts: Bool { files["chart.js"] != nil }

    /// A file by its name below `web/static`.
    ///
    /// - Throws: ``Problem`` 404.
    func response(_ name: String, _ request: Request) throws -> Response {
        guard let file = files[name] else { throw Problem.notFound("such file") }
        var headers: HTTPFields = [
            .contentType: file.mediaType, .eTag: file.tag, .cacheControl: "no-cache",
        ]
        if let known = request.headers[.ifNoneMatch],
            known.split(separator: ",").contains(where: { $0.contains(file.tag) })
        {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentLength] = "\(file.data.count)"
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: file.data)))
    }

    private static func file(_ data: Data, _ name: String) -> File {
        let hash = SHA256.hash(data: data).prefix(12).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0\(digits)" : digits
        }.joined()
        let ending = name.split(separator: ".").last.map(String.init) ?? ""
        return File(data: data, tag: "\"\(hash)\"", mediaType: mediaTypes[ending] ?? "application/octet-stream")
    }

    private static let mediaTypes: [String: String] = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "png": "image/png", "ico": "image/x-icon", "woff2": "font/woff2", "txt": "text/plain; charset=utf-8",
        "json": "application/json", "webmanifest": "application/manifest+json",
    ]
}

/// The routes of static files: one folder deep, as `web/static` is.
enum StaticRoutes {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/static/{file}", .anybody, "the style sheet, scripts and pictures of the pages") {
            request, context in
            try parts.staticFiles.response(try context.path("file"), request)
        }
        table.get("/favicon.ico", .anybody, "the picture in the browser's tab") { request, _ in
            try parts.staticFiles.response("favicon.svg", request)
        }
    }
}
