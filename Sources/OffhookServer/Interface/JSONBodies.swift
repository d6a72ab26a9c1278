import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// A value as JSON, its names in snake_case.
    public static func json(
        _ value: some Encodable, status: HTTPResponse.Status = .ok, mediaType: String = "application/json"
    ) -> Response {
        guard let data = try? WireJSON.encoder().encode(value) else { return Response(status: .internalServerError) }
        return Response(
            status: status, headers: [.contentType: mediaType], body: .init(byteBuffer: ByteBuffer(bytes: data)))
    }

    /// Sends a browser elsewhere after a form: it looks, and does not post again.
    public static func seeOther(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path])
    }

    /// The same with the version of what it shows, for ``Request/expectedVersion()``.
    public func versioned(_ version: Int64) -> Response {
        var response = self
        response.headers[.eTag] = "\"\(version)\""
        return response
    }
}

extension Request {
    /// The body as a value.
    ///
    /// - Throws: ``Problem`` 400 that names the field; 422 for members that the body does not have.
    public func decoded<Value: Decodable>(_ type: Value.Type = Value.self) async throws -> Value {
        let kind = headers[.contentType]?.lowercased() ?? "application/json"
        guard kind.hasPrefix("application/json") else {
            throw Problem(.unsupportedMediaType, "The body is to be application/json.", code: "media_type")
        }
        var request = self
        let buffer = try await request.collectBody(upTo: 1 << 24)
        try NoNUL.check(json: buffer.readableBytesView)
        let data = Data(buffer.readableBytesView)
        try UnknownMembers.refuse(in: data, for: type)
        do {
            return try WireJSON.decoder().decode(type, from: data)
        } catch let error as DecodingError {
            throw Problem(.badRequest, WireJSON.sentence(error), code: "body")
        }
    }

    /// The version that an edit was made on, from `If-Match`; nil where the client does not care.
    ///
    /// - Throws: ``Problem`` 400 where it is none of ours.
    public func expectedVersion() throws -> Int64? {
        guard let text = headers[.ifMatch], text != "*" else { return nil }
        guard let version = Int64(text.replacing("W/", with: "").filter { $0 != "\"" }) else {
            throw Problem(.badRequest, "If-Match takes the ETag of what was read.", code: "if_match")
        }
        return version
    }
}

/// JSON as it goes over the wire.
public enum WireJSON {
    /// Names in snake_case, in one order, so that the same value has the same bytes.
    public static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    /// Reads names in snake_case.
    public static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }

    /// A value as text on one line.
    public static func text(_ value: some Encodable) -> String {
        (try? encoder().encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    static func sentence(_ error: DecodingError) -> String {
        let place = { (path: [any CodingKey]) in path.map(\.stringValue).joined(separator: ".") }
        switch error {
        case .keyNotFound(let key, let context):
            return "The body lacks “\(place(context.codingPath + [key]))”."
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "“\(place(context.codingPath))” has a value of the wrong kind."
        case .dataCorrupted(let context):
            return context.codingPath.isEmpty
                ? "The body is no JSON." : "“\(place(context.codingPath))” has a value that cannot be read."
        @unknown default: return "The body cannot be read."
        }
    }
}
