import CampaignStore
import Campaigns
import OffhookServer

/// Who can log in to the demo, each with a password that is made anew every time.
enum DemoAccounts {
    /// An account with its password, for printing.
    struct Account {
        let user: User
        let password: String
    }

    private static let people: [(name: String, displayName: String, role: UserRole)] = [
        ("admin", "Ada Admin", .administrator), ("manager", "Max Manager", .manager), ("anna", "Anna", .agent),
        ("ben", "Ben", .agent),
    ]

    private static let words = [
        "amber", "apple", "arrow", "basil", "birch", "bridge", "canal", "cedar", "chalk", "cliff", "cloud", "copper",
        "coral", "daisy", "delta", "ember", "falcon", "fern", "field", "flint", "garden", "glass", "harbour", "hazel",
        "island", "ivory", "juniper", "kettle", "lantern", "lemon", "linen", "maple", "marble", "meadow", "mint",
        "nutmeg", "oak", "olive", "orchid", "otter", "pebble", "pepper", "pine", "plum", "quartz", "river", "robin",
        "saddle", "sage", "sailor", "silver", "spruce", "stone", "summer", "thistle", "timber", "tulip", "velvet",
        "violet", "walnut", "willow", "winter", "yarrow", "zephyr",
    ]

    /// Adds an administrator, a manager and two agents.
    static func add(to store: CampaignStore, _ passwords: PasswordHasher, at now: Instant) async throws -> [Account] {
        var accounts: [Account] = []
        for person in people {
            let user = try store.addUser(
                UserSettings(name: person.name, displayName: person.displayName, role: person.role), at: now)
            let password = (0..<4).compactMap { _ in words.randomElement() }.joined(separator: "-")
            try store.setPassword(hash: try await passwords.hash(password), user: user.id, at: now)
            accounts.append(Account(user: user, password: password))
        }
        return accounts
    }
}
