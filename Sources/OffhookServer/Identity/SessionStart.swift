import CampaignStore
import Campaigns
import Hummingbird

/// What comes after a right password, or the link in its place: the second factor where there is one, or has to be, and then the session.
enum SessionStart {
    /// How long a log-in waits for its second factor; setting one up may take a while.
    static let stepLength: Duration = .seconds(15 * 60)

    /// Goes on after a right password.
    ///
    /// - Parameter path: a path of ours to lead to in the end.
    static func proceed(
        for user: User, _ parts: ServerParts, _ context: ServeContext, to path: String
    ) async throws -> Response {
        let hasFactor = try parts.store.secondFactor(of: user.id) != nil
        guard hasFactor || mustSetUp(user, parts) else {
            return try await begin(for: user, parts, context, to: path)
        }
        let secret = SecretText.random()
        try parts.store.beginLoginStep(
            tokenHash: SecretText.hash(of: secret), user: user.id, expiresAt: parts.now() + stepLength)
        // Whoever began before may have looked at the former secret.
        if !hasFactor { try parts.store.beginSecondFactor(TimeCode.newSecret(), user: user.id) }
        let step = hasFactor ? LoginStepPages.codePath : LoginStepPages.setUpPath
        var response = Response.seeOther(path == "/" ? step : "\(step)?next=\(LoginStepPages.encoded(path))")
        response.setCookie(LoginCookie.cookie(secret, parts.configuration, lasting: stepLength))
        return response
    }

    /// Whether a user has to set a second factor up before they get further.
    static func mustSetUp(_ user: User, _ parts: ServerParts) -> Bool {
        user.role == .administrator && parts.settings.value.isSecondFactorDemanded
    }

    /// Begins a session. A browser has one: the one before, perhaps another person's, is over.
    static func begin(
        for user: User, _ parts: ServerParts, _ context: ServeContext, to path: String
    ) async throws -> Response {
        var response = Response.seeOther(path)
        try await begin(for: user, parts, context, in: &response)
        return response
    }

    /// Begins a session and gives its cookie with an answer.
    static func begin(
        for user: User, _ parts: ServerParts, _ context: ServeContext, in response: inout Response
    ) async throws {
        if let former = context.identity?.session {
            try await parts.desks.leave(session: former)
            try parts.store.endSession(tokenHash: former.tokenHash)
            await parts.hub.checkListeners()
        }
        let secret = SecretText.random()
        let now = parts.now()
        try parts.store.beginSession(
            tokenHash: SecretText.hash(of: secret), user: user.id, csrfToken: SecretText.random(),
            address: context.remoteAddress, expiresAt: now + parts.settings.value.sessionLength, at: now)
        try parts.store.audit("logged_in", by: user.name, from: context.remoteAddress, at: now)
        response.setCookie(
            SessionCookie.cookie(secret, parts.configuration, lasting: parts.settings.value.sessionLength))
    }
}
