import CampaignStore
import Campaigns
import Hummingbird

/// Holds a typed code against a user's second factor, or against their recovery codes.
enum SecondFactorCheck {
    enum Outcome: Sendable, Hashable {
        case right
        /// A recovery code was right and is used up; so many are left.
        case recovered(left: Int)
        case wrong
        /// Too many codes were wrong; nothing was looked at.
        case wait(seconds: Int64)
    }

    /// Checks a code, and uses it up where it is right.
    ///
    /// - Parameter typed: six digits of the app, or a recovery code, with or without spaces and dashes.
    /// - Throws: ``Problem`` where the server's key does not open the secret; `StoreError`.
    static func check(
        _ typed: String, of user: User, _ parts: ServerParts, _ context: ServeContext
    ) async throws -> Outcome {
        let now = parts.now()
        let address = context.remoteAddress
        if let wait = await parts.throttle.begin(account: user.name, address: address, at: now, guessing: .code) {
            return .wait(seconds: max(1, wait.components.seconds))
        }
        let outcome = try look(NameText.cut(typed, to: 64).filter { $0.isLetter || $0.isNumber }, user, parts, now)
        switch outcome {
        case .right: break
        case .recovered(let left):
            try parts.store.audit(
                "recovery_code_used", by: user.name, from: address, subject: "user \(user.id.value)",
                detail: "\(left) left", at: now)
        case .wrong, .wait:
            try parts.store.audit(
                "second_factor_failed", by: nil, from: address, subject: "user \(user.id.value)", at: now)
            return outcome
        }
        await parts.throttle.succeeded(account: user.name, address: address, guessing: .code)
        return outcome
    }

    private static func look(
        _ typed: String, _ user: User, _ parts: ServerParts, _ now: Instant
    ) throws -> Outcome {
        guard typed.utf8.count == TimeCode.digits else {
            let left = try parts.store.useRecoveryCode(RecoveryCode.hash(of: typed), user: user.id, at: now)
            return left.map { .recovered(left: $0) } ?? .wrong
        }
        for step in TimeCode.steps(of: typed, secret: try secret(of: user, parts), at: now) {
            if try parts.store.useSecondFactorStep(step, user: user.id) { return .right }
        }
        return .wrong
    }

    private static func secret(of user: User, _ parts: ServerParts) throws -> String {
        do {
            return try parts.store.secondFactorSecret(of: user.id) ?? ""
        } catch StoreError.keyUnusable {
            throw Problem(
                .internalServerError,
                "Codes cannot be checked now: the server's key does not open them. Type a recovery code; or, on the server, put the key back, or run: offhook user reset-second-factor NAME",
                code: "key_unusable")
        }
    }
}

/// Setting a second factor up: what the app is given, and the proof that it has it.
enum SecondFactorSetup {
    /// What a page shows for it.
    static func model(_ pending: PendingSecondFactor, _ user: User) -> [String: Any] {
        let address = TimeCode.address(secret: pending.secret, userName: user.name)
        var model: [String: Any] = ["secret": TimeCode.grouped(pending.secret), "address": address]
        // A very long name fits in no picture; its secret can be typed.
        model["picture"] = QRCode(address)?.svg
        return model
    }

    /// Confirms what was begun by a code of it.
    ///
    /// - Returns: the recovery codes, shown once; nil where the code is wrong.
    /// - Throws: ``Problem`` 429 where too many codes were wrong, 409 where nothing was begun; `StoreError`.
    static func confirm(
        _ typed: String, _ user: User, _ parts: ServerParts, _ context: ServeContext
    ) async throws -> [String]? {
        let now = parts.now()
        guard let pending = try parts.store.pendingSecondFactor(of: user.id) else {
            throw Problem(.conflict, "No second factor is being set up; begin anew.", code: "not_begun")
        }
        if let wait = await parts.throttle.begin(
            account: user.name, address: context.remoteAddress, at: now, guessing: .code)
        {
            throw tooMany(wait.components.seconds)
        }
        let digits = NameText.cut(typed, to: 64).filter(\.isNumber)
        guard let step = TimeCode.steps(of: digits, secret: pending.secret, at: now).first else { return nil }
        let codes = RecoveryCode.make()
        try parts.store.confirmSecondFactor(
            pending, user: user.id, step: step, recoveryHashes: codes.map { RecoveryCode.hash(of: $0) }, at: now)
        await parts.throttle.succeeded(account: user.name, address: context.remoteAddress, guessing: .code)
        try parts.store.audit(
            "second_factor_set_up", by: user.name, from: context.remoteAddress, subject: "user \(user.id.value)",
            at: now)
        return codes
    }

    static let wrongCode =
        "That code is not right. Type the one that the app shows now; if it stays wrong, the clock of the phone or of the server is off."

    static func tooMany(_ seconds: Int64) -> Problem {
        Problem(
            .tooManyRequests, "Too many attempts; wait \(max(1, seconds)) s and try again.", code: "too_many_attempts",
            headers: [.retryAfter: "\(max(1, seconds))"])
    }
}
