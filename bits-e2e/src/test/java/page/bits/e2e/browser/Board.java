/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.browser;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Db;
import page.bits.live.Act;
import page.bits.live.Answer;
import page.bits.live.Document;
import page.bits.live.Form;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.Site;
import page.bits.live.Text;
import page.bits.live.View;
import page.bits.live.jetty.JettySite;

/// A site for tests, on an embedded database in memory: boards with notes.
///
/// The form lies inside the fragment that every new note renders anew, together with things that
/// have a state of their own: an opened `<details>`, a box that scrolls, a choice, a second field
/// whose text on the server changes under the visitor.
final class Board implements AutoCloseable {
  private static final String SCHEMA =
      """
      [{:db/ident :note/board :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/index true}
       {:db/ident :note/text :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
       {:db/ident :board/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :board/motto :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]
      """;

  /// Which board it is.
  record Of(@Text(max = 40) String board) {}

  record Note(@Text(max = 40) String board, @Text(max = 200) String text) {}

  record Motto(@Text(max = 40) String board, @Text(max = 200) String motto) {}

  private static final Fragment<Of> FORM = Fragment.form("note-form", Of.class, Board::form);
  private static final Fragment<Of> NOTES = Fragment.shared("notes", Of.class, Board::notes);

  private final Connection connection;
  private final Site site;
  private JettySite server;

  private Board(Connection connection) {
    this.connection = connection;
    this.site = site(connection);
    this.server = JettySite.start(site, 0);
  }

  static Board start() {
    Connection connection = Bits.connect("bits:mem:board-" + UUID.randomUUID());
    connection.ensureSchema(SCHEMA);
    return new Board(connection);
  }

  private static Site site(Connection connection) {
    return Site.on(connection)
        .layout(Board::layout)
        .asset("board.js", Board.class)
        .asset("board.css", Board.class)
        .page("/b/{board}", Board::page)
        .action("/b/{board}/notes", Note.class, FORM, Of.class, Board::add)
        .action("/b/{board}/motto", Motto.class, Board::setMotto)
        .action("/b/{board}/go", Of.class, (_, _) -> Answer.redirect("/b/elsewhere"))
        .action("/b/{board}/fail", Of.class, (_, _) -> fail());
  }

  /// Where it can be reached, without the last slash.
  String address() {
    return "http://127.0.0.1:" + server.port();
  }

  int port() {
    return server.port();
  }

  /// Adds a note as another node would: past every browser.
  void addNote(String board, String text) {
    connection.transact(List.of(Map.of(":note/board", board, ":note/text", text)));
  }

  void motto(String board, String motto) {
    connection.transact(List.of(Map.of(":board/name", board, ":board/motto", motto)));
  }

  /// How many notes with this text there are.
  long count(String text) {
    return connection
        .db()
        .query("[:find ?n :in $ ?text :where [?n :note/text ?text]]", text)
        .column(Long.class)
        .size();
  }

  private static Html layout(Document document) {
    return new Html.Builder()
        .markup("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>")
        .add(Html.of(document.title()))
        .markup("</title>\n<link rel=\"icon\" href=\"data:,\">\n")
        .markup("<link rel=\"stylesheet\" href=\"" + document.asset("board.css") + "\">\n")
        .add(document.head())
        .markup("<script src=\"" + document.asset("board.js") + "\" defer></script>\n")
        .markup("</head>\n<body>\n")
        .add(document.body())
        .markup("</body>\n</html>\n")
        .build();
  }

  private static Html page(View view) {
    var of = new Of(view.param("board"));
    view.title(of.board());
    return view.show(NOTES, of);
  }

  private static Html notes(Db db, Of of) {
    var html = new Html.Builder().markup("<h1>").add(Html.of(of.board())).markup("</h1>");
    html.markup("<details id=\"about\"><summary>About</summary><p>Notes of all.</p></details>");
    html.markup("<div id=\"box\" class=\"box\"><p>long</p></div>").add(FORM.show(of));
    html.markup("<p><label>Motto of this board <input id=\"other\" value=\"")
        .add(Html.of(mottoOf(db, of.board())))
        .markup("\"></label> <select id=\"choice\"><option>one<option>two</select>");
    html.markup("<label><input id=\"check\" type=\"checkbox\"> check</label></p><ul id=\"notes\">");
    for (String text : texts(db, of.board())) {
      html.markup("<li>").add(Html.of(text)).markup("</li>");
    }
    return html.markup("</ul>").add(buttons(of)).build();
  }

  private static Html buttons(Of of) {
    String path = "/b/" + of.board();
    return Html.trusted(
        """
        <button id="go" hx-post="%1$s/go">Go</button>
        <button id="fail" hx-post="%1$s/fail">Fail</button>"""
            .formatted(path));
  }

  private static List<String> texts(Db db, String board) {
    String query =
        "[:find ?text ?n :keys text id :in $ ?b :where [?n :note/board ?b] [?n :note/text ?text]]";
    return db.query(query, board).list(Row.class).stream()
        .sorted((a, b) -> Long.compare(b.id(), a.id()))
        .map(Row::text)
        .toList();
  }

  record Row(String text, long id) {}

  private static String mottoOf(Db db, String board) {
    String query = "[:find ?m :in $ ?b :where [?e :board/name ?b] [?e :board/motto ?m]]";
    return db.query(query, board).column(String.class).stream().findFirst().orElse("");
  }

  private static Html form(Db db, Of of, Form form) {
    String path = "/b/" + of.board() + "/notes";
    return new Html.Builder()
        .markup("<form id=\"form\" method=\"post\" action=\"" + path + "\" hx-post=\"" + path)
        .markup("\"><input id=\"text\" name=\"text\" autocomplete=\"off\" value=\"")
        .add(Html.of(form.value("text")))
        .markup("\"><p id=\"error\" role=\"alert\">")
        .add(Html.of(form.error("text")))
        .markup("</p><p id=\"about-form\">For ")
        .add(Html.of(mottoOf(db, of.board())))
        .markup("</p><button id=\"send\" type=\"submit\">Send</button></form>")
        .build();
  }

  private static Answer add(Act act, Note note) {
    if (note.text().startsWith("bad")) {
      return Answer.invalid("text", "Not this word: " + note.text());
    }
    act.transact(List.of(Map.of(":note/board", note.board(), ":note/text", note.text())));
    return Answer.stay();
  }

  private static Answer setMotto(Act act, Motto motto) {
    act.transact(List.of(Map.of(":board/name", motto.board(), ":board/motto", motto.motto())));
    return Answer.stay();
  }

  private static Answer fail() {
    throw new IllegalStateException("a fault of the site");
  }

  @Override
  public void close() {
    server.close();
    connection.close();
  }
}
