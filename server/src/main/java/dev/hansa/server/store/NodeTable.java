package dev.hansa.server.store;

import dev.hansa.server.api.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.core.type.TypeReference;

/** The table of nodes. */
public final class NodeTable implements NodeStore {
    private final Database database;

    public NodeTable(Database database) {
        this.database = database;
    }

    @Override
    public List<NodeRow> all() {
        return database.read(handle -> handle.createQuery("select * from nodes order by name").map(NodeTable::row)
                .list());
    }

    @Override
    public void hello(String name, String version, List<String> dataSets, Instant now) {
        database.change(handle -> handle.execute(
                "update nodes set version = ?, data_sets = ?, last_seen = ? where name = ?", version,
                Json.mapper().writeValueAsString(dataSets), now.toEpochMilli(), name));
    }

    @Override
    public void seen(String name, Instant now) {
        database.soon(
                handle -> handle.execute("update nodes set last_seen = ? where name = ?", now.toEpochMilli(), name));
    }

    @Override
    public void remove(String name, Instant now) {
        database.change(handle -> handle.execute("update nodes set removed = ? where name = ?", now.toEpochMilli(),
                name));
    }

    static void insert(Handle handle, NodeRow node) {
        handle.execute("insert into nodes (name, public_key, version, data_sets, joined, last_seen)"
                + " values (?, ?, ?, ?, ?, ?)", node.name(), node.publicKey(), node.version(),
                Json.mapper().writeValueAsString(node.dataSets()), node.joined().toEpochMilli(),
                node.lastSeen().toEpochMilli());
    }

    static boolean exists(Handle handle, String name) {
        return handle.select("select 1 from nodes where name = ?", name).mapTo(Integer.class).findFirst().isPresent();
    }

    static NodeRow get(Handle handle, String name) {
        return handle.select("select * from nodes where name = ?", name).map(NodeTable::row).one();
    }

    private static NodeRow row(ResultSet row, StatementContext context) throws SQLException {
        List<String> dataSets = Json.mapper().readValue(row.getString("data_sets"), new TypeReference<>() {});
        return new NodeRow(row.getString("name"), row.getString("public_key"), row.getString("version"), dataSets,
                Instant.ofEpochMilli(row.getLong("joined")), Instant.ofEpochMilli(row.getLong("last_seen")),
                row.getObject("removed") != null);
    }
}
