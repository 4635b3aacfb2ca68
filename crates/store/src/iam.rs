//! Reading identities: those of one account together, and an access key by its id alone.

use rusqlite::Connection;
use stagedoor_base::AccountId;
use stagedoor_model::{AccessKey, Group, IamTree, ManagedPolicy, Role, User};

use crate::read::{Reader, by};
use crate::{Kind, Owner, Revision, Store, StoreError, Versioned, iam_scope};

impl Store {
    /// All identities of an account; none before any was made.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn iam(&self, account: &AccountId) -> Result<Versioned<IamTree>, StoreError> {
        self.read_in(&iam_scope(account), |reader| reader.iam())
    }

    /// The revision of an account's identities, to see whether those at hand are still good.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn iam_revision(&self, account: &AccountId) -> Result<Revision, StoreError> {
        let found = self.read_in(&iam_scope(account), |reader| reader.revision(&Owner::Iam))?;
        Ok(found.unwrap_or_default())
    }

    /// The account that an access key belongs to.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn access_key_account(&self, id: &str) -> Result<Option<AccountId>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT account FROM document WHERE id = ?1 AND kind = 'access_key'";
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([id])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            Ok(Some(AccountId::from(row.get::<_, String>(0)?)))
        })
    }

    /// Calls `visit` for the identities of every account that has some, and returns the revision all of it was read at.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn for_each_iam(&self, mut visit: impl FnMut(AccountId, IamTree)) -> Result<Revision, StoreError> {
        self.read(|connection| {
            for account in accounts(connection)? {
                let scope = iam_scope(&account);
                let tree = (Reader { connection, scope: &scope, keys: &self.keys }).iam()?;
                visit(account, tree.value);
            }
            let newest = connection.query_row("SELECT newest FROM head", [], |row| row.get(0))?;
            Ok(Revision(newest))
        })
    }
}

fn accounts(connection: &Connection) -> Result<Vec<AccountId>, StoreError> {
    let mut statement = connection.prepare("SELECT account FROM unit WHERE owner = 'iam'")?;
    let found = statement.query_map([], |row| row.get::<_, String>(0))?;
    found.map(|account| Ok(AccountId::from(account?))).collect()
}

impl Reader<'_> {
    fn iam(&self) -> Result<Versioned<IamTree>, StoreError> {
        let Some(revision) = self.revision(&Owner::Iam)? else {
            return Ok(Versioned { value: IamTree::default(), revision: Revision(0) });
        };
        let owner = Owner::Iam;
        let value = IamTree {
            users: by(self.all(&owner, Kind::User)?, |it: &User| it.name.clone()),
            access_keys: by(self.all(&owner, Kind::AccessKey)?, |it: &AccessKey| it.id.clone()),
            groups: by(self.all(&owner, Kind::Group)?, |it: &Group| it.name.clone()),
            roles: by(self.all(&owner, Kind::Role)?, |it: &Role| it.name.clone()),
            policies: by(self.all(&owner, Kind::ManagedPolicy)?, |it: &ManagedPolicy| it.name.clone()),
        };
        Ok(Versioned { value, revision })
    }
}
