import Foundation
import Hummingbird

/// What a form's outcome says on the next page, once. It travels in a cookie that any page takes away.
public struct Flash: Sendable, Hashable {
    static let name = "offhook-flash"

    public var text: String
    public var isError: Bool

    static func take(_ request: Request) -> Flash? {
        guard let value = request.cookies[name]?.value, let first = value.first,
            let text = value.dropFirst().removingPercentEncoding
        else { return nil }
        return Flash(text: text, isError: first == "e")
    }

    static let gone = Cookie(name: name, value: "", maxAge: 0, path: "/", httpOnly: true, sameSite: .strict)

    var cookie: Cookie {
        let encoded = String(text.prefix(500)).addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return Cookie(
            name: Self.name, value: (isError ? "e" : "m") + encoded, maxAge: 60, path: "/", httpOnly: true,
            sameSite: .strict)
    }
}

extension Response {
    /// Sends a browser elsewhere after a form, with a word about what was done.
    public static func seeOther(_ path: String, saying text: String, isError: Bool = false) -> Response {
        var response = seeOther(path)
        response.setCookie(Flash(text: text, isError: isError).cookie)
        return response
    }
}
