import CampaignStore
import Campaigns
import Hummingbird

extension Identity {
    /// The campaigns that may be seen; nil for all.
    var visibleCampaigns: Set<CampaignID>? { user.campaigns }
}

extension ServeContext {
    /// Who it is.
    ///
    /// - Throws: ``Problem`` 401; never behind a route with a role.
    func known() throws -> Identity {
        guard let identity else { throw Problem(.unauthorized, "Log in first.", code: "not_logged_in") }
        return identity
    }
}

extension ServerParts {
    /// A campaign that an identity may see.
    ///
    /// - Throws: ``Problem`` 404, for one that it may not see as well.
    func campaign(_ id: CampaignID, for identity: Identity) throws -> StoredCampaign {
        guard identity.maySee(id) else { throw Problem.notFound("campaign \(id.value)") }
        do {
            return try store.campaign(id)
        } catch StoreError.notFound {
            throw Problem.notFound("campaign \(id.value)")
        }
    }

    /// The campaigns that an identity may see, by name.
    func campaigns(for identity: Identity) throws -> [StoredCampaign] {
        try store.campaigns().filter { identity.maySee($0.id) }
    }
}
