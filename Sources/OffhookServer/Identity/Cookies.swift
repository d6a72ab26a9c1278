import CivilTime
import Foundation
import HTTPTypes
import Hummingbird

/// The cookie of a session. `__Host-` binds it to this host and to https.
enum SessionCookie {
    static func name(_ configuration: ServerConfiguration) -> String {
        configuration.isSecure ? "__Host-offhook" : "offhook"
    }

    /// Lax, not strict: a link in a message must find its reader logged in.
    static func cookie(_ value: String, _ configuration: ServerConfiguration, lasting length: Duration) -> Cookie {
        Cookie(
            name: name(configuration), value: value,
            maxAge: Int(length.components.seconds), path: "/", secure: configuration.isSecure,
            httpOnly: true, sameSite: .lax)
    }

    /// A cookie that takes the session's away.
    static func ended(_ configuration: ServerConfiguration) -> Cookie {
        Cookie(
            name: name(configuration), value: "", maxAge: 0, path: "/", secure: configuration.isSecure, httpOnly: true,
            sameSite: .lax)
    }
}

/// What proves a form of somebody who is not logged in yet: the same secret in a strict cookie and in the form.
enum FormCookie {
    static func name(_ configuration: ServerConfiguration) -> String {
        configuration.isSecure ? "__Host-offhook-form" : "offhook-form"
    }

    static func value(of request: Request, _ configuration: ServerConfiguration) -> String? {
        request.cookies[name(configuration)]?.value
    }

    static func cookie(_ value: String, _ configuration: ServerConfiguration) -> Cookie {
        Cookie(
            name: name(configuration), value: value, path: "/", secure: configuration.isSecure, httpOnly: true,
            sameSite: .strict)
    }
}

/// The cookie of a log-in whose second factor is still to come. It opens nothing but the page that asks for it.
enum LoginCookie {
    static func name(_ configuration: ServerConfiguration) -> String {
        configuration.isSecure ? "__Host-offhook-login" : "offhook-login"
    }

    static func value(of request: Request, _ configuration: ServerConfiguration) -> String? {
        request.cookies[name(configuration)]?.value
    }

    static func cookie(_ value: String, _ configuration: ServerConfiguration, lasting length: Duration) -> Cookie {
        Cookie(
            name: name(configuration), value: value, maxAge: Int(length.components.seconds), path: "/",
            secure: configuration.isSecure, httpOnly: true, sameSite: .strict)
    }

    static func ended(_ configuration: ServerConfiguration) -> Cookie { cookie("", configuration, lasting: .zero) }
}

/// The zone that a browser is in, as its page said; only the look of times hangs on it.
enum ZoneCookie {
    static let name = "offhook-zone"

    static func zone(of request: Request, in zones: ZoneData) -> Zone? {
        request.cookies[name].flatMap { $0.value.removingPercentEncoding }.flatMap(zones.zone)
    }
}
