import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// The ETag of what has no version of its own: a hash of how it is shown, so that an edit finds out whether somebody else was there.
enum EntityTag {
    /// The tag of a value, with its quotes.
    static func of(_ value: some Encodable) -> String {
        "\"\(SecretText.hash(of: WireJSON.text(value)).prefix(12).base64EncodedString())\""
    }
}

extension Response {
    /// A value as JSON with its tag, for ``Request/mustMatch(_:)``.
    static func tagged(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
        var response = json(value, status: status)
        response.headers[.eTag] = EntityTag.of(value)
        return response
    }
}

extension Request {
    /// Makes sure that an edit was made on what is there now.
    ///
    /// - Throws: ``Problem`` 428 where `If-Match` is missing, 412 where it is another's.
    func mustMatch(_ tag: String) throws {
        guard let given = headers[.ifMatch] else { throw Self.matchMissing }
        let tags = given.split(separator: ",").map { $0.filter { $0 != " " }.replacing("W/", with: "") }
        guard tags.contains(where: { $0 == tag || $0 == "*" }) else {
            throw Problem(
                .preconditionFailed, "Somebody changed it meanwhile; read it again and repeat your change.",
                code: "changed_meanwhile")
        }
    }

    /// The version that an edit was made on, from `If-Match`; nil where the client says that any will do, by `*`.
    ///
    /// - Throws: ``Problem`` 428 where `If-Match` is missing, 400 where it is none of ours.
    public func requiredVersion() throws -> Int64? {
        guard headers[.ifMatch] != nil else { throw Self.matchMissing }
        return try expectedVersion()
    }

    private static let matchMissing = Problem(
        .preconditionRequired, "An edit needs If-Match with the ETag of what was read.", code: "match_missing")
}

extension Operation.Parameter {
    /// The header that every edit needs.
    static let ifMatch = Operation.Parameter(
        "If-Match", in: "header", "the ETag of what was read; * for whatever is there")
}
