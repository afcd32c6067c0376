<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AnswerActions</name>
    <message>
        <location filename="../plugin/gui/chat/answer_actions.py"/>
        <source>Add as Layer</source>
        <translation>Als Layer hinzufügen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/answer_actions.py"/>
        <source>Ask this again</source>
        <translation>Noch einmal fragen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/answer_actions.py"/>
        <source>Copy Boxes</source>
        <translation>Rahmen kopieren</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/answer_actions.py"/>
        <source>Copy Picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/answer_actions.py"/>
        <source>Copy Record (JSON)</source>
        <translation>Datensatz kopieren (JSON)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/answer_actions.py"/>
        <source>Copy Tables (TSV)</source>
        <translation>Tabellen kopieren (TSV)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/answer_actions.py"/>
        <source>Copy Text</source>
        <translation>Text kopieren</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/answer_actions.py"/>
        <source>Copy the answer</source>
        <translation>Antwort kopieren</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/answer_actions.py"/>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/answer_actions.py"/>
        <source>Left, top, right and bottom of each object, in hundredths of the region</source>
        <translation>Links, oben, rechts und unten jedes Objekts, in Hundertsteln des Gebiets</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/answer_actions.py"/>
        <source>Outlines, colours and table of added objects</source>
        <translation>Umrisse, Farben und Tabelle hinzugefügter Objekte</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/answer_actions.py"/>
        <source>Print layout with map, legend and table</source>
        <translation>Drucklayout mit Karte, Legende und Tabelle</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/answer_actions.py"/>
        <source>Remove the layer that this answer added</source>
        <translation>Den Layer entfernen, den diese Antwort hinzugefügt hat</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/answer_actions.py"/>
        <source>Report… (PDF or HTML)</source>
        <translation>Bericht… (PDF oder HTML)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/answer_actions.py"/>
        <source>Show the objects on the map until they are kept</source>
        <translation>Die Objekte auf der Karte zeigen, bis sie behalten werden</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/answer_actions.py"/>
        <source>Try Again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/answer_actions.py"/>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>AnswerCard</name>
    <message>
        <location filename="../plugin/gui/chat/answer_card.py"/>
        <source>How this was made</source>
        <translation>Wie dies entstand</translation>
    </message>
    <message>
        <location filename="../plugin/gui/fact_sections.py"/>
        <source>The measured values of this answer cannot be shown.</source>
        <translation>Die Messwerte dieser Antwort lassen sich nicht anzeigen.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/answer_card.py"/>
        <source>{shown} of {total} are listed; the layer has them all.</source>
        <translation>{shown} von {total} sind aufgeführt; der Layer enthält alle.</translation>
    </message>
</context>
<context>
    <name>AnswerText</name>
    <message>
        <location filename="../plugin/gui/chat/answer_text.py"/>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
</context>
<context>
    <name>BandRolesDialog</name>
    <message>
        <location filename="../plugin/gui/sources/band_roles_dialog.py"/>
        <source>Bands of the Layer</source>
        <translation>Kanäle des Layers</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/band_roles_dialog.py"/>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/band_roles_dialog.py"/>
        <source>Choose a band for red, green and blue; the same one means gray.</source>
        <translation>Wählen Sie je einen Kanal für Rot, Grün und Blau; dreimal derselbe bedeutet Grau.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/band_roles_dialog.py"/>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/band_roles_dialog.py"/>
        <source>Near infrared</source>
        <translation>Nahes Infrarot</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/band_roles_dialog.py"/>
        <source>Not available</source>
        <translation>Nicht verfügbar</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/band_roles_dialog.py"/>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
</context>
<context>
    <name>BuildDialog</name>
    <message>
        <location filename="../plugin/gui/knowledge/build_dialog.py"/>
        <source>A picture of each feature is looked at, so that it is found again by its looks</source>
        <translation>Von jedem Objekt wird ein Bild betrachtet, damit es sich am Aussehen wiederfinden lässt</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/build_dialog.py"/>
        <source>About {seconds} s. Features: {rows}, documents: {documents}.</source>
        <translation>Etwa {seconds} s. Objekte: {rows}, Dokumente: {documents}.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/build_dialog.py"/>
        <source>Add Documents</source>
        <translation>Dokumente hinzufügen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/build_dialog.py"/>
        <source>Add Documents…</source>
        <translation>Dokumente hinzufügen…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/build_dialog.py"/>
        <source>Build</source>
        <translation>Erstellen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/build_dialog.py"/>
        <source>Build a Knowledge Base</source>
        <translation>Eine Wissensbasis erstellen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/build_dialog.py"/>
        <source>Choose layers or documents. Everything stays on this computer.</source>
        <translation>Wählen Sie Layer oder Dokumente. Alles bleibt auf diesem Rechner.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/build_dialog.py"/>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/build_dialog.py"/>
        <source>Documents (*.txt *.md *.markdown *.docx *.pdf)</source>
        <translation>Dokumente (*.txt *.md *.markdown *.docx *.pdf)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/build_dialog.py"/>
        <source>Documents (.txt, .md, .docx, .pdf)</source>
        <translation>Dokumente (.txt, .md, .docx, .pdf)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/build_dialog.py"/>
        <source>Imagery</source>
        <translation>Bilddaten</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/build_dialog.py"/>
        <source>Knowledge</source>
        <translation>Wissen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/build_dialog.py"/>
        <source>Layers and tables</source>
        <translation>Layer und Tabellen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/build_dialog.py"/>
        <source>Layers and tables, with the columns that may be quoted</source>
        <translation>Layer und Tabellen mit den Spalten, die zitiert werden dürfen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/build_dialog.py"/>
        <source>My town</source>
        <translation>Meine Stadt</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/build_dialog.py"/>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/build_dialog.py"/>
        <source>Name of the knowledge base</source>
        <translation>Name der Wissensbasis</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/build_dialog.py"/>
        <source>None: known by words alone</source>
        <translation>Keine: nur die Wörter zählen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/build_dialog.py"/>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/build_dialog.py"/>
        <source>The base of this name is brought up to date.</source>
        <translation>Die Wissensbasis dieses Namens wird aktualisiert.</translation>
    </message>
</context>
<context>
    <name>CellPicture</name>
    <message>
        <location filename="../plugin/gui/chat/cell_picture.py"/>
        <source> %</source>
        <translation> %</translation>
    </message>
</context>
<context>
    <name>CellsOverlay</name>
    <message>
        <location filename="../plugin/gui/cells_overlay.py"/>
        <source>centre</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <location filename="../plugin/gui/cells_overlay.py"/>
        <source>east</source>
        <translation>Osten</translation>
    </message>
    <message>
        <location filename="../plugin/gui/cells_overlay.py"/>
        <source>north</source>
        <translation>Norden</translation>
    </message>
    <message>
        <location filename="../plugin/gui/cells_overlay.py"/>
        <source>north-east</source>
        <translation>Nordosten</translation>
    </message>
    <message>
        <location filename="../plugin/gui/cells_overlay.py"/>
        <source>north-west</source>
        <translation>Nordwesten</translation>
    </message>
    <message>
        <location filename="../plugin/gui/cells_overlay.py"/>
        <source>south</source>
        <translation>Süden</translation>
    </message>
    <message>
        <location filename="../plugin/gui/cells_overlay.py"/>
        <source>south-east</source>
        <translation>Südosten</translation>
    </message>
    <message>
        <location filename="../plugin/gui/cells_overlay.py"/>
        <source>south-west</source>
        <translation>Südwesten</translation>
    </message>
    <message>
        <location filename="../plugin/gui/cells_overlay.py"/>
        <source>west</source>
        <translation>Westen</translation>
    </message>
</context>
<context>
    <name>ChangeSection</name>
    <message>
        <location filename="../plugin/gui/chat/change_section.py"/>
        <source>Area</source>
        <translation>Fläche</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/change_section.py"/>
        <source>From → to</source>
        <translation>Von → zu</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/change_section.py"/>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/change_section.py"/>
        <source>Where it changed</source>
        <translation>Wo es sich verändert hat</translation>
    </message>
</context>
<context>
    <name>ChangeTools</name>
    <message>
        <location filename="../plugin/gui/chat/change_tools.py"/>
        <source>Add the change scores, which the threshold is compared with, as a raster layer</source>
        <translation>Die Veränderungswerte, mit denen die Schwelle verglichen wird, als Rasterlayer hinzufügen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/change_tools.py"/>
        <source>Before and after on the map: drag the line or use the arrow keys, H and V turn it, Esc ends</source>
        <translation>Vorher und nachher auf der Karte: die Linie ziehen oder mit den Pfeiltasten bewegen, H und V drehen sie, Esc beendet</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/change_tools.py"/>
        <source>Cells</source>
        <translation>Felder</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/change_tools.py"/>
        <source>Draw the nine cells on the map: their names, and how much of the change lies in each</source>
        <translation>Die neun Felder auf der Karte zeichnen: ihre Namen und wie viel der Veränderung in jedem liegt</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/change_tools.py"/>
        <source>Scores</source>
        <translation>Werte</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/change_tools.py"/>
        <source>Swipe</source>
        <translation>Wischen</translation>
    </message>
</context>
<context>
    <name>ChatView</name>
    <message>
        <location filename="../plugin/gui/chat/chat_view.py"/>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
</context>
<context>
    <name>CitationSection</name>
    <message>
        <location filename="../plugin/gui/knowledge/citation_section.py"/>
        <source>From the knowledge base “{name}”</source>
        <translation>Aus der Wissensbasis „{name}“</translation>
    </message>
</context>
<context>
    <name>ClickTool</name>
    <message>
        <location filename="../plugin/gui/tools/region_tool.py"/>
        <source>That shape encloses no area. Draw it again.</source>
        <translation>Diese Form umschließt keine Fläche. Zeichnen Sie sie noch einmal.</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <location filename="../plugin/gui/composer.py"/>
        <source>Ask about this place…</source>
        <translation>Zu diesem Ort fragen…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/composer.py"/>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <location filename="../plugin/gui/composer.py"/>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <location filename="../plugin/gui/composer.py"/>
        <source>Send the question (Enter)</source>
        <translation>Die Frage senden (Eingabetaste)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/composer.py"/>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <location filename="../plugin/gui/composer.py"/>
        <source>Stop this run</source>
        <translation>Diesen Lauf anhalten</translation>
    </message>
</context>
<context>
    <name>ComposerMenu</name>
    <message>
        <location filename="../plugin/gui/composer_menu.py"/>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <location filename="../plugin/gui/composer_menu.py"/>
        <source>Brief</source>
        <translation>Kurz</translation>
    </message>
    <message>
        <location filename="../plugin/gui/composer_menu.py"/>
        <source>Conversation and settings</source>
        <translation>Gespräch und Einstellungen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/composer_menu.py"/>
        <source>Descriptions as five captions and a record (JSON)</source>
        <translation>Beschreibungen als fünf Bildunterschriften und ein Datensatz (JSON)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/composer_menu.py"/>
        <source>Descriptions in three parts: theme, objects, relations</source>
        <translation>Beschreibungen in drei Teilen: Thema, Objekte, Lage zueinander</translation>
    </message>
    <message>
        <location filename="../plugin/gui/composer_menu.py"/>
        <source>Detailed</source>
        <translation>Ausführlich</translation>
    </message>
    <message>
        <location filename="../plugin/gui/composer_menu.py"/>
        <source>Export Report…</source>
        <translation>Bericht exportieren…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/composer_menu.py"/>
        <source>Models…</source>
        <translation>Modelle…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/composer_menu.py"/>
        <source>New Conversation</source>
        <translation>Neues Gespräch</translation>
    </message>
    <message>
        <location filename="../plugin/gui/composer_menu.py"/>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/composer_menu.py"/>
        <source>With Metadata</source>
        <translation>Mit Metadaten</translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <location filename="../plugin/gui/conversation.py"/>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/conversation.py"/>
        <source>Coarser</source>
        <translation>Gröber</translation>
    </message>
    <message>
        <location filename="../plugin/gui/conversation.py"/>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/conversation.py"/>
        <source>Smaller Region</source>
        <translation>Kleineres Gebiet</translation>
    </message>
</context>
<context>
    <name>DataTable</name>
    <message>
        <location filename="../plugin/gui/chat/data_table.py"/>
        <source>Table of measured values</source>
        <translation>Tabelle der Messwerte</translation>
    </message>
</context>
<context>
    <name>DateButton</name>
    <message>
        <location filename="../plugin/gui/sources/date_button.py"/>
        <source>A guess from the layer's name. Click to correct it.</source>
        <translation>Aus dem Namen des Layers geraten. Zum Berichtigen klicken.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/date_button.py"/>
        <source>Date of the image</source>
        <translation>Datum des Bildes</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/date_button.py"/>
        <source>Date: {date}</source>
        <translation>Datum: {date}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/date_button.py"/>
        <source>Date…</source>
        <translation>Datum…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/date_button.py"/>
        <source>From the layer or its file. Click to correct it.</source>
        <translation>Aus dem Layer oder seiner Datei. Zum Berichtigen klicken.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/date_button.py"/>
        <source>Not known. Click to say when this image was taken.</source>
        <translation>Nicht bekannt. Klicken, um das Aufnahmedatum anzugeben.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/date_button.py"/>
        <source>Use the Layer's Own Date</source>
        <translation>Datum des Layers verwenden</translation>
    </message>
</context>
<context>
    <name>DatesBar</name>
    <message>
        <location filename="../plugin/gui/sources/dates_bar.py"/>
        <source>Add two rasters of the same place to compare them.</source>
        <translation>Fügen Sie zum Vergleichen zwei Raster desselben Ortes hinzu.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/dates_bar.py"/>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/dates_bar.py"/>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/dates_bar.py"/>
        <source>Before and after on the map: drag the line or use the arrow keys, H and V turn it, Esc ends</source>
        <translation>Vorher und nachher auf der Karte: die Linie ziehen oder mit den Pfeiltasten bewegen, H und V drehen sie, Esc beendet</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/dates_bar.py"/>
        <source>Before is later than after. Swap them?</source>
        <translation>„Vorher“ liegt nach „Nachher“. Tauschen?</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/dates_bar.py"/>
        <source>Both dates are the same layer.</source>
        <translation>Beide Zeitpunkte sind derselbe Layer.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/dates_bar.py"/>
        <source>Swap before and after</source>
        <translation>Vorher und nachher tauschen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/dates_bar.py"/>
        <source>The two layers do not overlap.</source>
        <translation>Die beiden Layer überlappen sich nicht.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/dates_bar.py"/>
        <source>They share {before} % of before and {after} % of after.</source>
        <translation>Gemeinsam sind ihnen {before} % von „Vorher“ und {after} % von „Nachher“.</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <location filename="../plugin/gui/desktop.py"/>
        <source>Ask About This Layer…</source>
        <translation>Zu diesem Layer fragen…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/desktop.py"/>
        <source>Ask about the imagery in words</source>
        <translation>In Worten nach den Bilddaten fragen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/desktop.py"/>
        <source>Compare With…</source>
        <translation>Vergleichen mit…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/desktop.py"/>
        <source>Find Places in Imagery</source>
        <translation>Orte in Bilddaten finden</translation>
    </message>
    <message>
        <location filename="../plugin/gui/desktop.py"/>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/desktop.py"/>
        <source>Terralogue Panel</source>
        <translation>Terralogue-Bedienfeld</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <location filename="../plugin/gui/models/details.py"/>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/details.py"/>
        <source>Answers, outlines, searches and compares dates. Nothing has to be downloaded for it.</source>
        <translation>Antwortet, umreißt, sucht und vergleicht Zeitpunkte. Dafür muss nichts heruntergeladen werden.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/details.py"/>
        <source>Brought by you; the list of known models says nothing of it.</source>
        <translation>Von Ihnen mitgebracht; die Liste bekannter Modelle sagt nichts darüber.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/details.py"/>
        <source>For a computer or card of {memory} of memory</source>
        <translation>Für Rechner oder Grafikkarten mit {memory} Speicher</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/details.py"/>
        <source>From {page}</source>
        <translation>Von {page}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/details.py"/>
        <source>It cannot be used: {problem}</source>
        <translation>Es ist nicht benutzbar: {problem}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/details.py"/>
        <source>Its digests were recorded when it was imported on {date}; none were published.</source>
        <translation>Seine Prüfsummen wurden beim Importieren am {date} festgehalten; veröffentlicht sind keine.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/details.py"/>
        <source>Its files have the digests that were published.</source>
        <translation>Seine Dateien haben die veröffentlichten Prüfsummen.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/details.py"/>
        <source>Licence: {licence}</source>
        <translation>Lizenz: {licence}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/details.py"/>
        <source>Needs the packages {names}</source>
        <translation>Braucht die Pakete {names}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/details.py"/>
        <source>No digest of it is published here, so it is not fetched: get {names} from its page and import it.</source>
        <translation>Hier ist keine Prüfsumme davon veröffentlicht, deshalb wird es nicht geladen: Holen Sie {names} von seiner Seite und importieren Sie es.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/details.py"/>
        <source>Revision {revision}</source>
        <translation>Revision {revision}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/details.py"/>
        <source>Where its files are from was not recorded.</source>
        <translation>Woher seine Dateien stammen, wurde nicht festgehalten.</translation>
    </message>
</context>
<context>
    <name>EmbeddingRow</name>
    <message>
        <location filename="../plugin/gui/embedding_row.py"/>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <location filename="../plugin/gui/embedding_row.py"/>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <location filename="../plugin/gui/embedding_row.py"/>
        <source>Clear images looked at</source>
        <translation>Betrachtete Bilder leeren</translation>
    </message>
    <message>
        <location filename="../plugin/gui/embedding_row.py"/>
        <source>Disk for images looked at</source>
        <translation>Speicherplatz für betrachtete Bilder</translation>
    </message>
    <message>
        <location filename="../plugin/gui/embedding_row.py"/>
        <source>What a model saw of an image is kept in {folder}, so that pointing at it again starts at once. The oldest goes first.</source>
        <translation>Was ein Modell von einem Bild sah, liegt in {folder}, damit erneutes Zeigen sofort beginnt. Das Älteste geht zuerst.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/embedding_row.py"/>
        <source>up to </source>
        <translation>bis zu </translation>
    </message>
    <message>
        <location filename="../plugin/gui/embedding_row.py"/>
        <source>{size} MB used</source>
        <translation>{size} MB belegt</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <location filename="../plugin/gui/chat/empty_state.py"/>
        <source>Choose the layers before and after, draw a region if you like, then ask what changed.</source>
        <translation>Wählen Sie die Layer „Vorher“ und „Nachher“, zeichnen Sie nach Wunsch ein Gebiet und fragen Sie dann, was sich verändert hat.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/empty_state.py"/>
        <source>Draw a region on the imagery, or ask about the whole layer. Every number is measured.</source>
        <translation>Zeichnen Sie ein Gebiet auf das Bild oder fragen Sie zum ganzen Layer. Jede Zahl wird gemessen.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/empty_state.py"/>
        <source>Talk to your map</source>
        <translation>Mit der Karte sprechen</translation>
    </message>
</context>
<context>
    <name>Exchange</name>
    <message>
        <location filename="../plugin/gui/exchange.py"/>
        <source>Added as layer {name}.</source>
        <translation>Als Layer {name} hinzugefügt.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/exchange.py"/>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <location filename="../plugin/gui/exchange.py"/>
        <source>Relations</source>
        <translation>Lage zueinander</translation>
    </message>
    <message>
        <location filename="../plugin/gui/exchange.py"/>
        <source>The layer was removed.</source>
        <translation>Der Layer wurde entfernt.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/exchange.py"/>
        <source>Theme</source>
        <translation>Thema</translation>
    </message>
    <message>
        <location filename="../plugin/gui/exchange.py"/>
        <source>{thing} (rendered only)</source>
        <translation>{thing} (nur gezeichnet gelernt)</translation>
    </message>
</context>
<context>
    <name>ExpertsBox</name>
    <message>
        <location filename="../plugin/gui/experts_box.py"/>
        <source>Detailed Descriptions</source>
        <translation>Ausführliche Beschreibungen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/experts_box.py"/>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <location filename="../plugin/gui/experts_box.py"/>
        <source>Relations</source>
        <translation>Lage zueinander</translation>
    </message>
    <message>
        <location filename="../plugin/gui/experts_box.py"/>
        <source>Reset to Default</source>
        <translation>Auf Vorgabe zurücksetzen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/experts_box.py"/>
        <source>Theme</source>
        <translation>Thema</translation>
    </message>
    <message>
        <location filename="../plugin/gui/experts_box.py"/>
        <source>What each of the three experts of the language model is asked for, in English.</source>
        <translation>Worum jeder der drei Experten des Sprachmodells gebeten wird, auf Englisch.</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <location filename="../plugin/gui/export_dialog.py"/>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <location filename="../plugin/gui/export_dialog.py"/>
        <source>&amp;Outlines</source>
        <translation>&amp;Umrisse</translation>
    </message>
    <message>
        <location filename="../plugin/gui/export_dialog.py"/>
        <source>&amp;Reference system</source>
        <translation>&amp;Bezugssystem</translation>
    </message>
    <message>
        <location filename="../plugin/gui/export_dialog.py"/>
        <source>Exact: edges of pixels</source>
        <translation>Genau: Kanten der Pixel</translation>
    </message>
    <message>
        <location filename="../plugin/gui/export_dialog.py"/>
        <source>Export Objects</source>
        <translation>Objekte exportieren</translation>
    </message>
    <message>
        <location filename="../plugin/gui/export_dialog.py"/>
        <source>GeoJSON is always written in longitude and latitude.</source>
        <translation>GeoJSON wird immer in Längen- und Breitengrad geschrieben.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/export_dialog.py"/>
        <source>One multipolygon for each class</source>
        <translation>Ein Multipolygon je Klasse</translation>
    </message>
    <message>
        <location filename="../plugin/gui/export_dialog.py"/>
        <source>Right angles for buildings</source>
        <translation>Rechte Winkel für Gebäude</translation>
    </message>
    <message>
        <location filename="../plugin/gui/export_dialog.py"/>
        <source>Simplified by one pixel</source>
        <translation>Um ein Pixel vereinfacht</translation>
    </message>
    <message>
        <location filename="../plugin/gui/export_dialog.py"/>
        <source>The areas in the table stay those measured on the ground.</source>
        <translation>Die Flächen in der Tabelle bleiben die am Boden gemessenen.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/export_dialog.py"/>
        <source>{name} exists and will be replaced.</source>
        <translation>{name} gibt es schon und wird ersetzt.</translation>
    </message>
</context>
<context>
    <name>ExportFlow</name>
    <message>
        <location filename="../plugin/gui/export_flow.py"/>
        <source>Exported {count} objects to {file}.</source>
        <translation>{count} Objekte nach {file} exportiert.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/export_flow.py"/>
        <source>Terralogue: exporting</source>
        <translation>Terralogue: exportiert</translation>
    </message>
</context>
<context>
    <name>FindDock</name>
    <message>
        <location filename="../plugin/gui/find/find_dock.py"/>
        <source>Terralogue Find</source>
        <translation>Terralogue-Suche</translation>
    </message>
</context>
<context>
    <name>FindFilter</name>
    <message>
        <location filename="../plugin/gui/find/locator.py"/>
        <source>Places in Imagery (Terralogue)</source>
        <translation>Orte in Bilddaten (Terralogue)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/locator.py"/>
        <source>There is no index yet. Make one in the Find window.</source>
        <translation>Es gibt noch keinen Index. Erstellen Sie einen im Suchfenster.</translation>
    </message>
</context>
<context>
    <name>FindPanel</name>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>Add as Layer</source>
        <translation>Als Layer hinzufügen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>Added as layer {name}.</source>
        <translation>Als Layer {name} hinzugefügt.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>Find more like those marked +, and fewer like those marked −</source>
        <translation>Mehr wie die mit + markierten und weniger wie die mit − markierten finden</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>Find places that look like the region drawn in the panel, or else like the map view</source>
        <translation>Orte finden, die wie das im Bedienfeld gezeichnete Gebiet aussehen, sonst wie die Kartenansicht</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>Heat Layer</source>
        <translation>Heatmap-Layer</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>In the map view</source>
        <translation>In der Kartenansicht</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>In the region</source>
        <translation>Im Gebiet</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>Index {name}? {estimate}</source>
        <translation>{name} indizieren? {estimate}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>Layer to index</source>
        <translation>Zu indizierender Layer</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>Like the Region</source>
        <translation>Wie das Gebiet</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>Make Index</source>
        <translation>Index erstellen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>No region is drawn. Draw one in the panel, or look everywhere.</source>
        <translation>Es ist kein Gebiet gezeichnet. Zeichnen Sie eines im Bedienfeld oder suchen Sie überall.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>Open an Index</source>
        <translation>Einen Index öffnen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>Places like the example</source>
        <translation>Orte wie das Beispiel</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>Say what to look for, or choose a place like it.</source>
        <translation>Nennen Sie, wonach gesucht werden soll, oder wählen Sie einen solchen Ort.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>Search Again</source>
        <translation>Noch einmal suchen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>Show where in the raster of the best place it looks like this</source>
        <translation>Zeigen, wo im Raster des besten Ortes es so aussieht</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>The best of {tiles} tiles. A ranking, no proof: look before you rely on it.</source>
        <translation>Die besten von {tiles} Kacheln. Eine Reihung, kein Beweis: Sehen Sie hin, bevor Sie sich darauf verlassen.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>There is no index in this folder. Choose the folder with index.gpkg in it.</source>
        <translation>In diesem Ordner ist kein Index. Wählen Sie den Ordner mit index.gpkg darin.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>There is no index yet. Index a layer first.</source>
        <translation>Es gibt noch keinen Index. Indizieren Sie zuerst einen Layer.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>There is no raster in the project. Add one, then index it.</source>
        <translation>Im Projekt ist kein Raster. Fügen Sie eines hinzu und indizieren Sie es.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>There is no raster under the region. Show one, then try again.</source>
        <translation>Unter dem Gebiet liegt kein Raster. Zeigen Sie eines an und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>What to look for</source>
        <translation>Wonach gesucht wird</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>What to look for, e.g. houses without trees</source>
        <translation>Auf Englisch: houses without trees</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>Where to look</source>
        <translation>Wo gesucht wird</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>{name} has no place on the map.</source>
        <translation>{name} hat keinen Ort auf der Karte.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_panel.py"/>
        <source>{tiles} tiles were looked at, {reused} had not changed.</source>
        <translation>{tiles} Kacheln wurden betrachtet, {reused} waren unverändert.</translation>
    </message>
</context>
<context>
    <name>IndexBar</name>
    <message>
        <location filename="../plugin/gui/find/index_bar.py"/>
        <source>Bring Up to Date</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/index_bar.py"/>
        <source>Index a Layer…</source>
        <translation>Einen Layer indizieren…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/index_bar.py"/>
        <source>Index that is searched</source>
        <translation>Durchsuchter Index</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/index_bar.py"/>
        <source>Make, update or open an index</source>
        <translation>Einen Index erstellen, aktualisieren oder öffnen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/index_bar.py"/>
        <source>No index yet</source>
        <translation>Noch kein Index</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/index_bar.py"/>
        <source>Open an Index…</source>
        <translation>Einen Index öffnen…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/index_bar.py"/>
        <source>Take off the List</source>
        <translation>Aus der Liste nehmen</translation>
    </message>
</context>
<context>
    <name>InstallCard</name>
    <message>
        <location filename="../plugin/gui/chat/install_card.py"/>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/install_card.py"/>
        <source>Install Core Packages…</source>
        <translation>Grundpakete installieren…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/install_card.py"/>
        <source>Install Core Packages… ({size})</source>
        <translation>Grundpakete installieren… ({size})</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/install_card.py"/>
        <source>Installation log</source>
        <translation>Installationsprotokoll</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/install_card.py"/>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/install_card.py"/>
        <source>They go into a folder of their own; the packages QGIS came with are never changed.</source>
        <translation>Sie kommen in einen eigenen Ordner; die mit QGIS gelieferten Pakete werden nie verändert.</translation>
    </message>
</context>
<context>
    <name>JobBox</name>
    <message>
        <location filename="../plugin/gui/models/job_box.py"/>
        <source>Used For</source>
        <translation>Verwendet für</translation>
    </message>
</context>
<context>
    <name>KeepMenu</name>
    <message>
        <location filename="../plugin/gui/chat/keep_menu.py"/>
        <source>Add Table of Statistics</source>
        <translation>Statistiktabelle hinzufügen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/keep_menu.py"/>
        <source>Add to Layer</source>
        <translation>Zu Layer hinzufügen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/keep_menu.py"/>
        <source>By Class</source>
        <translation>Nach Klasse</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/keep_menu.py"/>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/keep_menu.py"/>
        <source>Each Object Its Own</source>
        <translation>Jedes Objekt eine eigene</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/keep_menu.py"/>
        <source>Exact: Edges of Pixels</source>
        <translation>Genau: Kanten der Pixel</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/keep_menu.py"/>
        <source>Outlines</source>
        <translation>Umrisse</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/keep_menu.py"/>
        <source>Right Angles for Buildings</source>
        <translation>Rechte Winkel für Gebäude</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/keep_menu.py"/>
        <source>Simplified by One Pixel</source>
        <translation>Um ein Pixel vereinfacht</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <location filename="../plugin/gui/keeping.py"/>
        <source>Added {count} objects to {name}. Save its edits to keep them; its undo takes them back.</source>
        <translation>{count} Objekte zu {name} hinzugefügt. Speichern Sie dessen Änderungen, um sie zu behalten; Rückgängig nimmt sie zurück.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/keeping.py"/>
        <source>It has no fields for {names}.</source>
        <translation>Dem Layer fehlen Felder für {names}.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/keeping.py"/>
        <source>Terralogue: drawing outlines</source>
        <translation>Terralogue: zeichnet Umrisse</translation>
    </message>
    <message>
        <location filename="../plugin/gui/keeping.py"/>
        <source>Terralogue: writing the layer</source>
        <translation>Terralogue: schreibt den Layer</translation>
    </message>
</context>
<context>
    <name>KnowledgeMenu</name>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>Build from Layers and Documents…</source>
        <translation>Aus Layern und Dokumenten erstellen…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>Building…</source>
        <translation>Wird erstellt…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>Building… {share} %</source>
        <translation>Wird erstellt… {share} %</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>Delete the knowledge base {name}? Your layers and documents stay.</source>
        <translation>Die Wissensbasis {name} löschen? Ihre Layer und Dokumente bleiben.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>Delete “{name}”…</source>
        <translation>„{name}“ löschen…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>Install PDF Reader</source>
        <translation>PDF-Leser installieren</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>Install PDF Reader…</source>
        <translation>PDF-Leser installieren…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>Install the package pypdf (1 MB), which reads PDF documents? It goes into a folder of its own.</source>
        <translation>Das Paket pypdf (1 MB) installieren, das PDF-Dokumente liest? Es kommt in einen eigenen Ordner.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>Knowledge base: none</source>
        <translation>Wissensbasis: keine</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>Knowledge bases (*.knowledge)</source>
        <translation>Wissensbasen (*.knowledge)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>No Knowledge Base</source>
        <translation>Keine Wissensbasis</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>Open Document</source>
        <translation>Dokument öffnen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>Open a Knowledge Base</source>
        <translation>Eine Wissensbasis öffnen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>Open {name} with the program of your system? What is quoted stands in {place}.</source>
        <translation>{name} mit dem Programm Ihres Systems öffnen? Zitierte Stelle: {place}.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>PDF documents can be read now.</source>
        <translation>PDF-Dokumente sind jetzt lesbar.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>Questions are put to “{name}” first</source>
        <translation>Fragen gehen zuerst an „{name}“</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>Stop Building</source>
        <translation>Erstellen anhalten</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>The base {name} is ready. {what}</source>
        <translation>Die Wissensbasis {name} ist bereit. {what}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>the text</source>
        <translation>im Text</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/knowledge_menu.py"/>
        <source>{name} could not be deleted. Close what uses it, then try again.</source>
        <translation>{name} konnte nicht gelöscht werden. Schließen Sie, was es benutzt, und versuchen Sie es noch einmal.</translation>
    </message>
</context>
<context>
    <name>LassoTool</name>
    <message>
        <location filename="../plugin/gui/tools/region_tool.py"/>
        <source>That shape encloses no area. Draw it again.</source>
        <translation>Diese Form umschließt keine Fläche. Zeichnen Sie sie noch einmal.</translation>
    </message>
</context>
<context>
    <name>LayerBox</name>
    <message>
        <location filename="../plugin/gui/sources/layer_box.py"/>
        <source>Automatic: topmost raster</source>
        <translation>Automatisch: oberstes Raster</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/layer_box.py"/>
        <source>Automatic: {layer}</source>
        <translation>Automatisch: {layer}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/layer_box.py"/>
        <source>Canvas as shown</source>
        <translation>Karte wie angezeigt</translation>
    </message>
</context>
<context>
    <name>LayoutFlow</name>
    <message>
        <location filename="../plugin/gui/report/layout_flow.py"/>
        <source>The print layout {name} was added to the project.</source>
        <translation>Das Drucklayout {name} wurde dem Projekt hinzugefügt.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/layout_flow.py"/>
        <source>There is no map to lay out: the layers of this answer are no longer in the project.</source>
        <translation>Es gibt keine Karte für das Layout: Die Layer dieser Antwort sind nicht mehr im Projekt.</translation>
    </message>
</context>
<context>
    <name>ManagerDialog</name>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>Allow downloads</source>
        <translation>Downloads erlauben</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>Any model</source>
        <translation>Jedes Modell</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>Delete {name} from this computer? {size} are freed; it can be fetched or imported again.</source>
        <translation>{name} von diesem Rechner löschen? {size} werden frei; es lässt sich wieder laden oder importieren.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>Discard Download</source>
        <translation>Download verwerfen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>Download ({size})</source>
        <translation>Herunterladen ({size})</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>Import File…</source>
        <translation>Datei importieren…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>Import Folder…</source>
        <translation>Ordner importieren…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>Import Model from File</source>
        <translation>Modell aus Datei importieren</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>Import Model from Folder</source>
        <translation>Modell aus Ordner importieren</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>Off: the network is never asked for a model, whatever is clicked</source>
        <translation>Aus: Aus dem Netz wird nie ein Modell geladen, was auch immer geklickt wird</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>Open Page</source>
        <translation>Seite öffnen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>Resume ({size})</source>
        <translation>Fortsetzen ({size})</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>Terralogue Models</source>
        <translation>Terralogue-Modelle</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>Test</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>The files of {name} are whole. It was not run: that takes minutes.</source>
        <translation>Die Dateien von {name} sind vollständig. Ausgeführt wurde es nicht: Das dauert Minuten.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>They take {size} of disk.</source>
        <translation>Sie belegen {size} Speicherplatz.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>What you pick is imported as {name}</source>
        <translation>Was Sie wählen, wird als {name} importiert</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>{name} is here. Test it, then choose what it is used for.</source>
        <translation>{name} ist da. Prüfen Sie es und wählen Sie dann, wofür es verwendet wird.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>{name} was deleted.</source>
        <translation>{name} wurde gelöscht.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>{name} works on {provider}.</source>
        <translation>{name} funktioniert auf {provider}.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/manager_dialog.py"/>
        <source>{name} works.</source>
        <translation>{name} funktioniert.</translation>
    </message>
</context>
<context>
    <name>MoreDates</name>
    <message>
        <location filename="../plugin/gui/sources/more_dates.py"/>
        <source>Further dates</source>
        <translation>Weitere Zeitpunkte</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/more_dates.py"/>
        <source>More dates…</source>
        <translation>Weitere Zeitpunkte…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/more_dates.py"/>
        <source>Set its date in the layer's temporal properties, or write it in its name.</source>
        <translation>Geben Sie das Datum in den zeitlichen Eigenschaften des Layers an oder schreiben Sie es in seinen Namen.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/more_dates.py"/>
        <source>Tick further layers to see what changed in which period.</source>
        <translation>Kreuzen Sie weitere Layer an, um zu sehen, was sich in welchem Zeitraum änderte.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/more_dates.py"/>
        <source>no date</source>
        <translation>kein Datum</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/more_dates.py"/>
        <source>{number} more dates</source>
        <translation>{number} weitere Zeitpunkte</translation>
    </message>
</context>
<context>
    <name>MovableAnswer</name>
    <message>
        <location filename="../plugin/gui/movable_answer.py"/>
        <source>Terralogue: writing the scores</source>
        <translation>Terralogue: Werte schreiben</translation>
    </message>
    <message>
        <location filename="../plugin/gui/movable_answer.py"/>
        <source>The objects are a layer now. Undo first to move the threshold.</source>
        <translation>Die Objekte sind jetzt ein Layer. Machen Sie das erst rückgängig, um die Schwelle zu verschieben.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/movable_answer.py"/>
        <source>The scores of this answer are no longer kept. Ask again to move the threshold.</source>
        <translation>Die Werte dieser Antwort werden nicht mehr aufbewahrt. Fragen Sie noch einmal, um die Schwelle zu verschieben.</translation>
    </message>
</context>
<context>
    <name>ObjectList</name>
    <message>
        <location filename="../plugin/gui/chat/object_list.py"/>
        <source>Area</source>
        <translation>Fläche</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/object_list.py"/>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/object_list.py"/>
        <source>Objects found</source>
        <translation>Gefundene Objekte</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/object_list.py"/>
        <source>Refine on the Map</source>
        <translation>Auf der Karte verfeinern</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/object_list.py"/>
        <source>Score</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>OptionsPage</name>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source> m</source>
        <translation> m</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source> million pixels</source>
        <translation> Millionen Pixel</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Answers in</source>
        <translation>Antworten in</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Ask before runs longer than</source>
        <translation>Nachfragen bei Läufen länger als</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Automatic: the GPU, where it computes what the processor computes</source>
        <translation>Automatisch: die GPU, wo sie dasselbe rechnet wie der Prozessor</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Brief</source>
        <translation>Kurz</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Composed sentences</source>
        <translation>Zusammengesetzten Sätzen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Computer</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Detail of answers</source>
        <translation>Ausführlichkeit der Antworten</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Detailed</source>
        <translation>Ausführlich</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Further models</source>
        <translation>Weitere Modelle</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Images looked at</source>
        <translation>Betrachtete Bilder</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Keep result layers in a folder beside the saved project</source>
        <translation>Ergebnislayer in einem Ordner neben dem gespeicherten Projekt ablegen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Larger models: what is here, what can be fetched or imported, what each is used for</source>
        <translation>Größere Modelle: was da ist, was sich laden oder importieren lässt und wofür jedes verwendet wird</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Lay one onto the other and match their light, where that helps</source>
        <translation>Übereinanderlegen und im Licht angleichen, wo es hilft</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Models that are loaded already keep what they run on until QGIS is started again</source>
        <translation>Schon geladene Modelle rechnen weiter wie bisher, bis QGIS neu gestartet wird</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Models…</source>
        <translation>Modelle…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Most that one question may fetch</source>
        <translation>Höchstmenge, die eine Frage laden darf</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Pixel size to fetch</source>
        <translation>Zu ladende Pixelgröße</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Processor only</source>
        <translation>Nur Prozessor</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Processor threads</source>
        <translation>Prozessor-Threads</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Python packages are kept in {folder}</source>
        <translation>Python-Pakete liegen in {folder}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Run on</source>
        <translation>Rechnen mit</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Running on</source>
        <translation>Gerechnet wird mit</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>The model's words, checked against what was measured</source>
        <translation>Worten des Modells, am Gemessenen geprüft</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Two dates</source>
        <translation>Zwei Zeitpunkte</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>Web Layers</source>
        <translation>Web-Layer</translation>
    </message>
    <message>
        <location filename="../plugin/gui/options_page.py"/>
        <source>With metadata</source>
        <translation>Mit Metadaten</translation>
    </message>
</context>
<context>
    <name>Packages</name>
    <message>
        <location filename="../plugin/gui/packages.py"/>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
</context>
<context>
    <name>PlaceList</name>
    <message>
        <location filename="../plugin/gui/find/place_list.py"/>
        <source>Places found, best first</source>
        <translation>Gefundene Orte, der beste zuerst</translation>
    </message>
</context>
<context>
    <name>PlaceRow</name>
    <message>
        <location filename="../plugin/gui/find/place_row.py"/>
        <source>More like this</source>
        <translation>Mehr wie dies</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/place_row.py"/>
        <source>Not like this</source>
        <translation>Nicht wie dies</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/place_row.py"/>
        <source>Place {number}, likeness {value}, {source}</source>
        <translation>Ort {number}, Ähnlichkeit {value}, {source}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/place_row.py"/>
        <source>The raster has moved or changed since it was indexed.</source>
        <translation>Das Raster wurde seit dem Indizieren verschoben oder geändert.</translation>
    </message>
</context>
<context>
    <name>PlacesSection</name>
    <message>
        <location filename="../plugin/gui/chat/places_section.py"/>
        <source>Likeness to the place asked about, best first</source>
        <translation>Ähnlichkeit mit dem gefragten Ort, die ähnlichsten zuerst</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/places_section.py"/>
        <source>Likeness to “{words}”, best first</source>
        <translation>Ähnlichkeit mit „{words}“, die ähnlichsten zuerst</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/places_section.py"/>
        <source>Place {number}, likeness {value}</source>
        <translation>Ort {number}, Ähnlichkeit {value}</translation>
    </message>
</context>
<context>
    <name>Pointing</name>
    <message>
        <location filename="../plugin/gui/masks/pointing.py"/>
        <source>Done again: {what}</source>
        <translation>Wiederholt: {what}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing.py"/>
        <source>Fetch or import a model in the window of models, then begin again.</source>
        <translation>Laden oder importieren Sie im Modellfenster ein Modell und beginnen Sie neu.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/more_alike.py"/>
        <source>Finding all alike needs a raster file. Choose one as the source.</source>
        <translation>Um alle gleichartigen zu finden, braucht es eine Rasterdatei. Wählen Sie eine als Quelle.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing.py"/>
        <source>Point at things</source>
        <translation>Auf Dinge zeigen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing.py"/>
        <source>Point at things and take their outlines: click, box or lasso</source>
        <translation>Auf Dinge zeigen und ihre Umrisse übernehmen: Klick, Rechteck oder Lasso</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/more_alike.py"/>
        <source>Take one or a few examples first, then find all that are like them.</source>
        <translation>Übernehmen Sie zuerst ein Beispiel oder einige und finden Sie dann alle, die ihnen gleichen.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/more_alike.py"/>
        <source>The Processing plugin is off. Switch it on under Plugins, then try again.</source>
        <translation>Die Erweiterung Processing ist aus. Schalten Sie sie unter „Erweiterungen“ ein und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing.py"/>
        <source>The imagery has no such place. Point somewhere else.</source>
        <translation>Das Bild hat keinen solchen Ort. Zeigen Sie woandershin.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing.py"/>
        <source>There is nothing left to undo.</source>
        <translation>Es gibt nichts mehr rückgängig zu machen.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing.py"/>
        <source>There is nothing to do again.</source>
        <translation>Es gibt nichts zu wiederholen.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing.py"/>
        <source>There is nothing to take yet. Click on a thing first.</source>
        <translation>Es gibt noch nichts zu übernehmen. Klicken Sie zuerst auf etwas.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing.py"/>
        <source>Undone: {what}</source>
        <translation>Rückgängig: {what}</translation>
    </message>
</context>
<context>
    <name>PointingBar</name>
    <message>
        <location filename="../plugin/gui/masks/pointing_bar.py"/>
        <source>Add models…</source>
        <translation>Modelle hinzufügen…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing_bar.py"/>
        <source>Another way to read the prompts (N)</source>
        <translation>Die Hinweise anders deuten (N)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing_bar.py"/>
        <source>Class of what is taken</source>
        <translation>Klasse des Übernommenen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing_bar.py"/>
        <source>Class, for example building</source>
        <translation>Klasse, zum Beispiel building</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing_bar.py"/>
        <source>Clear the prompts (Esc)</source>
        <translation>Die Hinweise löschen (Esc)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing_bar.py"/>
        <source>Draw around things instead of boxes (Ctrl+drag)</source>
        <translation>Dinge umfahren statt Rechtecke zu ziehen (Strg+Ziehen)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing_bar.py"/>
        <source>Find all like what was taken…</source>
        <translation>Alle finden, die dem Übernommenen gleichen…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing_bar.py"/>
        <source>Layer that the polygons go to</source>
        <translation>Layer, in den die Polygone kommen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing_bar.py"/>
        <source>Model that outlines</source>
        <translation>Modell, das umreißt</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing_bar.py"/>
        <source>New layer</source>
        <translation>Neuer Layer</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing_bar.py"/>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing_bar.py"/>
        <source>State of pointing</source>
        <translation>Stand des Zeigens</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing_bar.py"/>
        <source>Stop pointing (Esc)</source>
        <translation>Das Zeigen beenden (Esc)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing_bar.py"/>
        <source>Take the last prompt back (Backspace)</source>
        <translation>Den letzten Hinweis zurücknehmen (Rücktaste)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/pointing_bar.py"/>
        <source>Take the mask (Enter)</source>
        <translation>Die Maske übernehmen (Eingabetaste)</translation>
    </message>
</context>
<context>
    <name>PolygonTool</name>
    <message>
        <location filename="../plugin/gui/tools/polygon_tool.py"/>
        <source>A polygon needs at least three corners.</source>
        <translation>Ein Polygon braucht mindestens drei Ecken.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/tools/region_tool.py"/>
        <source>That shape encloses no area. Draw it again.</source>
        <translation>Diese Form umschließt keine Fläche. Zeichnen Sie sie noch einmal.</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <location filename="../plugin/gui/chat/progress_line.py"/>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
</context>
<context>
    <name>Provenance</name>
    <message>
        <location filename="../plugin/gui/chat/provenance.py"/>
        <source>Answered because of “anyway”</source>
        <translation>Wegen „anyway“ beantwortet</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/provenance.py"/>
        <source>Digest</source>
        <translation>Prüfsumme</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/provenance.py"/>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/provenance.py"/>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/provenance.py"/>
        <source>Not checked to be imagery</source>
        <translation>Nicht geprüft, ob es ein Luft- oder Satellitenbild ist</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/provenance.py"/>
        <source>Ran on</source>
        <translation>Gerechnet mit</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/provenance.py"/>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/provenance.py"/>
        <source>Terralogue</source>
        <translation>Terralogue</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/provenance.py"/>
        <source>Threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/provenance.py"/>
        <source>Times</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/provenance.py"/>
        <source>Understood as</source>
        <translation>Verstanden als</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/provenance.py"/>
        <source>Unreadable pixels</source>
        <translation>Nicht lesbare Pixel</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/provenance.py"/>
        <source>Why on nothing faster</source>
        <translation>Warum nicht schneller</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/provenance.py"/>
        <source>Worded by</source>
        <translation>Formuliert von</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/provenance.py"/>
        <source>Working pixel size</source>
        <translation>Arbeits-Pixelgröße</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/provenance.py"/>
        <source>yes</source>
        <translation>ja</translation>
    </message>
</context>
<context>
    <name>QuestionBubble</name>
    <message>
        <location filename="../plugin/gui/chat/question_bubble.py"/>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/question_bubble.py"/>
        <source>Show the region of this question again</source>
        <translation>Das Gebiet dieser Frage wieder zeigen</translation>
    </message>
</context>
<context>
    <name>RectangleTool</name>
    <message>
        <location filename="../plugin/gui/tools/region_tool.py"/>
        <source>That shape encloses no area. Draw it again.</source>
        <translation>Diese Form umschließt keine Fläche. Zeichnen Sie sie noch einmal.</translation>
    </message>
</context>
<context>
    <name>Region</name>
    <message>
        <location filename="../plugin/gui/region_area.py"/>
        <source>No CRS</source>
        <translation>Kein KBS</translation>
    </message>
    <message>
        <location filename="../plugin/gui/region_area.py"/>
        <source>One place</source>
        <translation>Ein Ort</translation>
    </message>
</context>
<context>
    <name>RegionBar</name>
    <message>
        <location filename="../plugin/gui/region_bar.py"/>
        <source>Bookmark</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/region_bar.py"/>
        <source>Clear the region</source>
        <translation>Gebiet löschen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/region_bar.py"/>
        <source>Current View</source>
        <translation>Aktuelle Ansicht</translation>
    </message>
    <message>
        <location filename="../plugin/gui/region_bar.py"/>
        <source>Extent of {layer}</source>
        <translation>Ausdehnung von {layer}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/region_bar.py"/>
        <source>Other regions</source>
        <translation>Andere Gebiete</translation>
    </message>
    <message>
        <location filename="../plugin/gui/region_bar.py"/>
        <source>Select features of a polygon layer first.</source>
        <translation>Wählen Sie zuerst Objekte eines Polygonlayers aus.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/region_bar.py"/>
        <source>Select up to {most} polygons first.</source>
        <translation>Wählen Sie zuerst bis zu {most} Polygone aus.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/region_bar.py"/>
        <source>Selected Features</source>
        <translation>Gewählte Objekte</translation>
    </message>
    <message>
        <location filename="../plugin/gui/region_bar.py"/>
        <source>Selected features of {layer} ({count})</source>
        <translation>Gewählte Objekte von {layer} ({count})</translation>
    </message>
    <message>
        <location filename="../plugin/gui/region_bar.py"/>
        <source>Whole source</source>
        <translation>Ganze Quelle</translation>
    </message>
</context>
<context>
    <name>RegionTool</name>
    <message>
        <location filename="../plugin/gui/tools/region_tool.py"/>
        <source>That shape encloses no area. Draw it again.</source>
        <translation>Diese Form umschließt keine Fläche. Zeichnen Sie sie noch einmal.</translation>
    </message>
</context>
<context>
    <name>RegionTools</name>
    <message>
        <location filename="../plugin/gui/tools/region_tools.py"/>
        <source>Click a place</source>
        <translation>Einen Ort anklicken</translation>
    </message>
    <message>
        <location filename="../plugin/gui/tools/region_tools.py"/>
        <source>Draw a polygon</source>
        <translation>Ein Polygon zeichnen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/tools/region_tools.py"/>
        <source>Draw a rectangle</source>
        <translation>Ein Rechteck zeichnen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/tools/region_tools.py"/>
        <source>Draw freehand</source>
        <translation>Freihand zeichnen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/tools/region_tools.py"/>
        <source>Move the region or its corners</source>
        <translation>Das Gebiet oder seine Ecken verschieben</translation>
    </message>
</context>
<context>
    <name>ReportFlow</name>
    <message>
        <location filename="../plugin/gui/report/report_flow.py"/>
        <source>Export Report</source>
        <translation>Bericht exportieren</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/report_flow.py"/>
        <source>Terralogue: writing the report</source>
        <translation>Terralogue: Bericht wird geschrieben</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/report_flow.py"/>
        <source>The report was written to {file}.</source>
        <translation>Der Bericht wurde in {file} geschrieben.</translation>
    </message>
</context>
<context>
    <name>Reports</name>
    <message>
        <location filename="../plugin/gui/report/reports.py"/>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/reports.py"/>
        <source>There is nothing to report yet. Ask a question first, then export the report.</source>
        <translation>Es gibt noch nichts zu berichten. Stellen Sie zuerst eine Frage, dann exportieren Sie den Bericht.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/reports.py"/>
        <source>Writing the report…</source>
        <translation>Der Bericht wird geschrieben…</translation>
    </message>
</context>
<context>
    <name>SeriesSection</name>
    <message>
        <location filename="../plugin/gui/chat/series_section.py"/>
        <source>Area</source>
        <translation>Fläche</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/series_section.py"/>
        <source>Period</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/series_section.py"/>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/series_section.py"/>
        <source>Where most changed: {period}</source>
        <translation>Wo sich am meisten änderte: {period}</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <location filename="../plugin/gui/session.py"/>
        <source>Looking at the imagery…</source>
        <translation>Das Bild wird betrachtet…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/session.py"/>
        <source>Stopped before the run began.</source>
        <translation>Vor dem Start angehalten.</translation>
    </message>
</context>
<context>
    <name>SourceBar</name>
    <message>
        <location filename="../plugin/gui/sources/source_bar.py"/>
        <source>Choose the bands of this layer…</source>
        <translation>Kanäle dieses Layers wählen…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/source_bar.py"/>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/source_bar.py"/>
        <source>Compare two dates</source>
        <translation>Zwei Zeitpunkte vergleichen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/source_bar.py"/>
        <source>Source of the imagery</source>
        <translation>Quelle der Bilddaten</translation>
    </message>
    <message>
        <location filename="../plugin/gui/sources/source_bar.py"/>
        <source>What the question is about</source>
        <translation>Worum es in der Frage geht</translation>
    </message>
</context>
<context>
    <name>Swipe</name>
    <message>
        <location filename="../plugin/gui/swipe/swipe.py"/>
        <source>After: {name}</source>
        <translation>Nachher: {name}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/swipe/swipe.py"/>
        <source>Before: {name}</source>
        <translation>Vorher: {name}</translation>
    </message>
</context>
<context>
    <name>Taking</name>
    <message>
        <location filename="../plugin/gui/masks/taking.py"/>
        <source>It has no fields for {names}, which were left out.</source>
        <translation>Dem Layer fehlen Felder für {names}; sie wurden weggelassen.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/taking.py"/>
        <source>Masks of {name}</source>
        <translation>Masken von {name}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/taking.py"/>
        <source>Taken into {layer}.</source>
        <translation>In {layer} übernommen.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/taking.py"/>
        <source>What was taken is in {layer}. Save that layer's edits to keep it.</source>
        <translation>Das Übernommene ist in {layer}. Speichern Sie die Änderungen dieses Layers, um es zu behalten.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/taking.py"/>
        <source>{layer} could not be saved; it is still being edited. Free some space, then save its edits.</source>
        <translation>{layer} konnte nicht gespeichert werden und wird noch bearbeitet. Schaffen Sie Platz und speichern Sie dann die Änderungen.</translation>
    </message>
</context>
<context>
    <name>TaskRow</name>
    <message>
        <location filename="../plugin/gui/models/task_row.py"/>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/task_row.py"/>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/task_row.py"/>
        <source>Paused. What came is kept, and the next download goes on from there.</source>
        <translation>Pausiert. Was kam, bleibt, und der nächste Download macht dort weiter.</translation>
    </message>
</context>
<context>
    <name>Terralogue</name>
    <message>
        <location filename="../plugin/gui/masks/standing.py"/>
        <source>1 prompt</source>
        <translation>1 Hinweis</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>A date, a month or a year, as 2024-05-31, 2024-05 or 2024.</source>
        <translation>Ein Datum, ein Monat oder ein Jahr, wie 2024-05-31, 2024-05 oder 2024.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>A feature counts as new or removed if this much of it is not there on the other date.</source>
        <translation>Ein Objekt gilt als neu oder entfernt, wenn so viel davon zum anderen Zeitpunkt nicht da ist.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>A file of the model {name} is missing. Copy the whole model folder again, or choose another model.</source>
        <translation>Eine Datei des Modells {name} fehlt. Kopieren Sie den ganzen Modellordner noch einmal oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/every_object.py"/>
        <source>A grid of points is asked about instead of words, and every mask that is sure and firm is kept, with the label “object”. Made for engines of the SAM family; the model that comes with the plugin cuts large objects into pieces. Takes seconds for each 256 × 256 pixels.</source>
        <translation>Statt nach Wörtern wird nach einem Gitter von Punkten gefragt, und jede sichere, feste Maske wird mit der Bezeichnung „object“ behalten. Gemacht für Maskenmodelle der SAM-Familie; das mitgelieferte Modell zerschneidet große Objekte. Dauert Sekunden je 256 × 256 Pixel.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>A picture of each feature is looked at, so that it is found again by its looks.</source>
        <translation>Von jedem Objekt wird ein Bild betrachtet, damit es sich am Aussehen wiederfinden lässt.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>A raster of class codes, 0 for no change, or outlines of what changed.</source>
        <translation>Ein Raster aus Klassennummern, 0 für keine Änderung, oder Umrisse dessen, was sich geändert hat.</translation>
    </message>
    <message>
        <location filename="../plugin/core/report/ground.py"/>
        <source>A reference system of its own</source>
        <translation>Ein eigenes Bezugssystem</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>A web page came in place of {name}. Sign in to this network in a browser, then try again.</source>
        <translation>Statt {name} kam eine Webseite. Melden Sie sich im Browser an diesem Netz an und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/core/estimates.py"/>
        <source>About {time}: {tiles} tiles, {size} MB of disk for a while.</source>
        <translation>Etwa {time}: {tiles} Kacheln, vorübergehend {size} MB Speicherplatz.</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_style.py"/>
        <source>Aircraft</source>
        <translation>Flugzeug</translation>
    </message>
    <message>
        <location filename="../plugin/processing/change.py"/>
        <source>Align the images</source>
        <translation>Bilder aneinander ausrichten</translation>
    </message>
    <message>
        <location filename="../plugin/processing/find_alike.py"/>
        <source>Alike</source>
        <translation>Ähnliches</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/pair_tables.py"/>
        <source>All changes</source>
        <translation>Alle Änderungen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/index_imagery.py"/>
        <source>All imagery in this folder and those in it; or the parts of an index that were made on other machines.</source>
        <translation>Alle Bilddaten in diesem Ordner und seinen Unterordnern; oder die Teile eines Index, die auf anderen Rechnern entstanden.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/series_tables.py"/>
        <source>All periods</source>
        <translation>Alle Zeiträume</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/report_flow.py"/>
        <source>All values are predictions of a model: check them before you rely on them.</source>
        <translation>Alle Werte sind Vorhersagen eines Modells: Prüfen Sie sie, bevor Sie sich darauf verlassen.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/classify.py"/>
        <source>Allow “none of these”</source>
        <translation>„Keine davon“ zulassen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/run_model.py"/>
        <source>An ONNX file. Only open files of people you trust: a model decides what you see.</source>
        <translation>Eine ONNX-Datei. Öffnen Sie nur Dateien von Leuten, denen Sie vertrauen: Ein Modell entscheidet, was Sie sehen.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/classify.py"/>
        <source>An overlap needs a tile size. Fill in both.</source>
        <translation>Eine Überlappung braucht eine Kachelgröße. Füllen Sie beides aus.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>And if this much of it changed.</source>
        <translation>Und wenn sich so viel von ihr geändert hat.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask.py"/>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Answer about it from now on</source>
        <translation>Ab jetzt Fragen danach beantworten</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask.py"/>
        <source>Answers a question about imagery, such as “How many buildings are there?” or “Where is the water?”. Every number is measured on the pixels with the model that comes with the plugin. The output holds the polygons that the answer points at; with regions there is one answer for each polygon.</source>
        <translation>Beantwortet eine Frage zu Bilddaten auf Englisch, etwa “How many buildings are there?” oder “Where is the water?”. Jede Zahl wird mit dem mitgelieferten Modell an den Pixeln gemessen. Die Ausgabe enthält die Polygone, auf die sich die Antwort bezieht; mit Gebieten gibt es eine Antwort je Polygon.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask_knowledge.py"/>
        <source>Answers a question from a knowledge base, such as “How many buildings have a tin roof?”, “What is the roof material here?” or “What does the report say about flooding?”. Facts are quoted and counted, never guessed, and each carries the number of its citation; the output holds the boxes of the cited features. What the base does not say is said so.</source>
        <translation>Beantwortet eine Frage auf Englisch aus einer Wissensbasis, etwa „How many buildings have a tin roof?“, „What is the roof material here?“ oder „What does the report say about flooding?“. Fakten werden zitiert und gezählt, nie geraten, und jeder trägt die Nummer seines Belegs; die Ausgabe enthält die Rahmen der zitierten Objekte. Was die Wissensbasis nicht sagt, wird so gesagt.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/pair_tables.py"/>
        <source>Any change</source>
        <translation>Jede Änderung</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/object_table.py"/>
        <source>Area</source>
        <translation>Fläche</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>As the question narrows it</source>
        <translation>Wie die Frage es eingrenzt</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask_knowledge.py"/>
        <source>Ask a knowledge base</source>
        <translation>Eine Wissensbasis befragen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask.py"/>
        <source>Ask about a raster</source>
        <translation>Zu einem Raster fragen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/provenance_table.py"/>
        <source>Asked</source>
        <translation>Gefragt</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Asked for as</source>
        <translation>Gefragt wird danach als</translation>
    </message>
    <message>
        <location filename="../plugin/core/training_build.py"/>
        <source>Asking and checking</source>
        <translation>Fragen und Prüfen</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_style.py"/>
        <source>Bare ground</source>
        <translation>Offener Boden</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/model_rows.py"/>
        <source>Begun</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Best answer without looking</source>
        <translation>Beste Antwort ohne hinzusehen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/split_parameters.py"/>
        <source>Block size of the splits (m)</source>
        <translation>Blockgröße der Aufteilung (m)</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_style.py"/>
        <source>Boat</source>
        <translation>Boot</translation>
    </message>
    <message>
        <location filename="../plugin/processing/segment.py"/>
        <source>Boxes</source>
        <translation>Rechtecke</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>Build a knowledge base</source>
        <translation>Eine Wissensbasis erstellen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Build change dialogues</source>
        <translation>Änderungsdialoge erstellen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>Build training data from layers</source>
        <translation>Trainingsdaten aus Layern erstellen</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_style.py"/>
        <source>Building</source>
        <translation>Gebäude</translation>
    </message>
    <message>
        <location filename="../plugin/processing/polygon_options.py"/>
        <source>By class</source>
        <translation>Nach Klasse</translation>
    </message>
    <message>
        <location filename="../plugin/core/running_on.py"/>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/chapters.py"/>
        <source>CRS</source>
        <translation>KBS</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/pair_tables.py"/>
        <source>Came</source>
        <translation>Gekommen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/model_rows.py"/>
        <source>Cannot be used</source>
        <translation>Nicht benutzbar</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>Cannot read {name}. Check that the file is there and whole, then ask again.</source>
        <translation>{name} ist nicht lesbar. Prüfen Sie, ob die Datei da und vollständig ist, und fragen Sie noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>Cannot read {share} % of {name}. Repair or download the file again, then ask again.</source>
        <translation>{share} % von {name} sind nicht lesbar. Reparieren oder laden Sie die Datei neu und fragen Sie noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_style.py"/>
        <source>Car</source>
        <translation>Auto</translation>
    </message>
    <message>
        <location filename="../plugin/processing/change.py"/>
        <source>Cells (JSON)</source>
        <translation>Felder (JSON)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/cell_tables.py"/>
        <source>Centre</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/pair_tables.py"/>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Changed pixels of a cell</source>
        <translation>Geänderte Pixel einer Zelle</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Changed share of a cell (%)</source>
        <translation>Geänderter Anteil einer Zelle (%)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/layout_flow.py"/>
        <source>Changes</source>
        <translation>Veränderungen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/series_tables.py"/>
        <source>Changes of every period</source>
        <translation>Änderungen jedes Zeitraums</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>Chip size (pixels)</source>
        <translation>Größe der Ausschnitte (Pixel)</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>Chips that overlap or touch one of another split are left out.</source>
        <translation>Ausschnitte, die einen eines anderen Teils überlappen oder berühren, entfallen.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/time_series.py"/>
        <source>Choose at least two layers with different dates.</source>
        <translation>Wählen Sie mindestens zwei Layer mit verschiedenem Datum.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/index_imagery.py"/>
        <source>Choose rasters or a folder of images.</source>
        <translation>Wählen Sie Raster oder einen Ordner mit Bildern.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>Choose what is to be said, and at least one format.</source>
        <translation>Wählen Sie, was gesagt werden soll, und mindestens ein Format.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask_knowledge.py"/>
        <source>Citation [{number}]: {state}.</source>
        <translation>Beleg [{number}]: {state}.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask_knowledge.py"/>
        <source>Citations (JSON)</source>
        <translation>Belege (JSON)</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask_knowledge.py"/>
        <source>Cited features</source>
        <translation>Zitierte Objekte</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>City</source>
        <translation>Stadt</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Class field</source>
        <translation>Klassenfeld</translation>
    </message>
    <message>
        <location filename="../plugin/processing/cover_parameters.py"/>
        <source>Class field of the land cover</source>
        <translation>Klassenfeld der Landbedeckung</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Class of layers without the field</source>
        <translation>Klasse der Layer ohne dieses Feld</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/cover_parameters.py"/>
        <source>Classes of the land cover</source>
        <translation>Klassen der Landbedeckung</translation>
    </message>
    <message>
        <location filename="../plugin/processing/classify.py"/>
        <source>Classify tiles with your own classes</source>
        <translation>Kacheln nach eigenen Klassen einteilen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/standing.py"/>
        <source>Click on a thing · drag a box · Ctrl+drag around it · Shift+click: not this</source>
        <translation>Auf ein Ding klicken · Rechteck ziehen · Strg+Ziehen: umfahren · Umschalt+Klick: dies nicht</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/standing.py"/>
        <source>Click on the thing itself, too.</source>
        <translation>Klicken Sie auch auf das Ding selbst.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/polygon_options.py"/>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/model_rows.py"/>
        <source>Compare class words</source>
        <translation>Klassenwörter vergleichen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/time_series.py"/>
        <source>Compares every date with the next and draws what changed in which period, with the first date on which it looks changed and whether it changed back later. The date of a layer is that of its temporal properties or its file, else the one in its name. The order of the layers does not matter. Pixels that are missing on a date are left out of its two periods and never called unchanged.</source>
        <translation>Vergleicht jedes Datum mit dem nächsten und zeichnet, was sich in welchem Zeitraum änderte, mit dem ersten Datum, an dem es verändert aussieht, und ob es später wieder so wurde wie zuvor. Das Datum eines Layers ist das seiner zeitlichen Eigenschaften oder seiner Datei, sonst das in seinem Namen. Die Reihenfolge der Layer ist gleich. Pixel, die an einem Datum fehlen, bleiben in dessen beiden Zeiträumen außer Betracht und gelten nie als unverändert.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/change.py"/>
        <source>Compares two images of the same place and draws what changed, from what to what, with a description, counts, a 3 × 3 table of places and a table of transitions. The images may differ in size, pixel size and coordinate reference system. Pixels that are missing on one date are never called unchanged.</source>
        <translation>Vergleicht zwei Bilder desselben Ortes und zeichnet, was sich von was zu was verändert hat, mit Beschreibung, Anzahlen, einer 3 × 3-Tabelle der Orte und einer Tabelle der Übergänge. Größe, Pixelgröße und Koordinatenbezugssystem der Bilder dürfen sich unterscheiden. Pixel, die zu einem Zeitpunkt fehlen, gelten nie als unverändert.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/voice_text.py"/>
        <source>Composed sentences: {reason}</source>
        <translation>Zusammengesetzte Sätze: {reason}</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_style.py"/>
        <source>Container</source>
        <translation>Container</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/model_rows.py"/>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/model_rows.py"/>
        <source>Converse</source>
        <translation>Gespräche führen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Copy of the class</source>
        <translation>Kopie der Klasse</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Could not be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>Country</source>
        <translation>Land</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>Counts (JSON)</source>
        <translation>Anzahlen (JSON)</translation>
    </message>
    <message>
        <location filename="../plugin/core/layers.py"/>
        <source>Counts and areas by class of the polygons that {model} found in {source}.</source>
        <translation>Anzahlen und Flächen je Klasse der Polygone, die {model} in {source} gefunden hat.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/pair_tables.py"/>
        <source>Cover</source>
        <translation>Bedeckung</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>Cuts a raster into chips and writes captions, questions with answers, dialogues and referring phrases about them, all taken from your vector layers and checked against their rasterised shapes. A pixel belongs to a shape when its centre does. Training, validation and test chips lie in different blocks of ground and never touch. Classes are best named in English, in the singular: “building”, “storage tank”.</source>
        <translation>Zerlegt ein Raster in Ausschnitte und schreibt dazu Bildunterschriften, Fragen mit Antworten, Dialoge und verweisende Ausdrücke, alle aus Ihren Vektorlayern genommen und an deren gerasterten Formen geprüft. Ein Pixel gehört zu einer Form, wenn seine Mitte darin liegt. Ausschnitte für Training, Validierung und Test liegen in verschiedenen Blöcken am Boden und berühren sich nie. Klassen heißen am besten englisch und in der Einzahl: “building”, “storage tank”.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/classify.py"/>
        <source>Cuts the raster into tiles and writes on each which of your classes it looks like most, with its score (how sure among these classes, 0 to 1) and the runner-up. A tile is named by what shows in it: one that a river crosses may be water. The classes are words in English; nothing is trained. The model that comes with the plugin refuses names that it does not know and offers the nearest known ones; a converted published encoder takes any words. Other classes on the same tiles cost no second look at the raster.</source>
        <translation>Zerlegt das Raster in Kacheln und schreibt an jede, nach welcher Ihrer Klassen sie am meisten aussieht, mit Wert (wie sicher unter diesen Klassen, 0 bis 1) und zweitbester Klasse. Benannt wird eine Kachel nach dem, was sich in ihr zeigt: Eine, durch die ein Fluss geht, kann Wasser sein. Die Klassen sind englische Wörter; nichts wird trainiert. Das mitgelieferte Modell lehnt Namen ab, die es nicht kennt, und bietet die nächsten bekannten an; ein umgewandelter veröffentlichter Encoder nimmt alle Wörter. Andere Klassen auf denselben Kacheln brauchen keinen zweiten Blick auf das Raster.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/prepare_second_pair.py"/>
        <source>Cuts two images of one place and their land covers into tiles in the form of SECOND-CC: pictures, class maps in SECOND's colours, captions, and a table of what became of what. Land cover is polygons, a raster of class codes, or a picture in SECOND's colours, brightened ones too, read by the nearest. The classes are low vegetation, non-vegetated ground, tree, water, building and playground. Pixels of one class on both dates become background. Tiles with a pixel without data are left out. Training, validation and test tiles never touch.</source>
        <translation>Schneidet zwei Bilder eines Ortes und ihre Landbedeckungen in Kacheln nach Art von SECOND-CC: Bilder, Klassenkarten in den Farben von SECOND, Bildunterschriften und eine Tabelle, was woraus wurde. Landbedeckung sind Polygone, ein Raster aus Klassennummern oder ein Bild in den Farben von SECOND, auch aufgehellten; gelesen wird die nächste. Die Klassen sind low vegetation, non-vegetated ground, tree, water, building und playground. Pixel mit gleicher Klasse zu beiden Zeitpunkten werden Hintergrund. Kacheln mit einem Pixel ohne Daten fallen weg. Kacheln zum Trainieren, Validieren und Testen berühren sich nie.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Cuts two images of one place into tiles and writes captions, yes/no, number, place and open questions and dialogues about what changed, in the form of ChangeChat. What changed comes from a layer of changes, from layers of both dates, or, without any, from the model. A layer of changes does not tell what went from what came: all of it is called new. Where layers have no feature, there is none. Tiles with a pixel without data are left out. Training, validation and test tiles lie in different blocks of ground and never touch.</source>
        <translation>Schneidet zwei Bilder eines Ortes in Kacheln und schreibt Bildunterschriften, Ja-Nein-, Anzahl-, Orts- und offene Fragen und Dialoge darüber, was sich geändert hat, nach Art von ChangeChat. Die Änderungen kommen aus einem Änderungslayer, aus Layern beider Zeitpunkte oder, ohne beides, vom Modell. Ein Änderungslayer unterscheidet nicht, was ging und was kam: alles heißt neu. Wo Layer kein Objekt haben, ist keines. Kacheln mit einem Pixel ohne Daten fallen weg. Kacheln zum Trainieren, Validieren und Testen liegen in verschiedenen Blöcken und berühren sich nie.</translation>
    </message>
    <message>
        <location filename="../plugin/core/training_build.py"/>
        <source>Cutting chips</source>
        <translation>Ausschnitte bilden</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning.py"/>
        <source>Cutting tiles</source>
        <translation>Kacheln werden ausgeschnitten</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/map_scenes.py"/>
        <source>Date {number}</source>
        <translation>Zeitpunkt {number}</translation>
    </message>
    <message>
        <location filename="../plugin/processing/time_series.py"/>
        <source>Dates</source>
        <translation>Zeitpunkte</translation>
    </message>
    <message>
        <location filename="../plugin/processing/caption.py"/>
        <source>Describe a raster</source>
        <translation>Ein Raster beschreiben</translation>
    </message>
    <message>
        <location filename="../plugin/processing/caption.py"/>
        <source>Describes imagery in words, brief or detailed. Every number in the text is measured on the pixels; the facts are given as JSON as well. With regions there is one description for each polygon.</source>
        <translation>Beschreibt Bilddaten in Worten, kurz oder ausführlich. Jede Zahl im Text ist an den Pixeln gemessen; die Fakten werden auch als JSON ausgegeben. Mit Gebieten gibt es eine Beschreibung je Polygon.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/caption.py"/>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <location filename="../plugin/processing/caption.py"/>
        <source>Detail</source>
        <translation>Ausführlichkeit</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Direction</source>
        <translation>Richtung</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <location filename="../plugin/processing/segment.py"/>
        <source>Draws polygons around what you name, such as “buildings” or “water”. With points or boxes only the objects under them are kept; points whose sign field is negative, 0 or false are left out. Field pixels is an exact count, area_m2 is measured on the ellipsoid, score is the model's mean score.</source>
        <translation>Zeichnet Polygone um das, was Sie auf Englisch nennen, etwa “buildings” oder “water”. Mit Punkten oder Rechtecken bleiben nur die Objekte darunter; Punkte, deren Vorzeichenfeld negativ, 0 oder falsch ist, werden ausgelassen. Das Feld pixels ist eine exakte Zählung, area_m2 ist auf dem Ellipsoid gemessen, score ist der mittlere Wert des Modells.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/polygon_options.py"/>
        <source>Draws walls along one direction and across it, with the area of the mask. Where such an outline would lie far from the mask, the outline stays as it is; the log says how often.</source>
        <translation>Zeichnet Wände längs einer Richtung und quer dazu, mit der Fläche der Maske. Wo ein solcher Umriss weit von der Maske läge, bleibt der Umriss, wie er ist; das Protokoll sagt, wie oft.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/cell_tables.py"/>
        <source>E</source>
        <translation>O</translation>
    </message>
    <message>
        <location filename="../plugin/processing/split_parameters.py"/>
        <source>Each block of ground goes to one split as a whole. Empty: chosen to fit the chips.</source>
        <translation>Jeder Block am Boden geht als Ganzes in einen Teil. Leer: passend zu den Ausschnitten gewählt.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/pair_tables.py"/>
        <source>Each cover on both dates</source>
        <translation>Jede Bodenbedeckung an beiden Zeitpunkten</translation>
    </message>
    <message>
        <location filename="../plugin/processing/polygon_options.py"/>
        <source>Each polygon its own</source>
        <translation>Jedes Polygon eine eigene</translation>
    </message>
    <message>
        <location filename="../plugin/processing/classify.py"/>
        <source>Empty: 256 pixels, more on imagery finer than the model knows or too large for so many tiles.</source>
        <translation>Leer: 256 Pixel, mehr bei Bilddaten, die feiner sind, als das Modell kennt, oder zu groß für so viele Kacheln.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Empty: each layer's own name.</source>
        <translation>Leer: der Name des jeweiligen Layers.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/pair_tile_parameters.py"/>
        <source>Empty: that of the coarser of both rasters.</source>
        <translation>Leer: die des gröberen der beiden Raster.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>Empty: that of the file.</source>
        <translation>Leer: der der Datei.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Empty: that of the raster, or the finest that the model was measured at.</source>
        <translation>Leer: die des Rasters, oder die feinste, bei der das Modell gemessen wurde.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>Empty: that of the raster.</source>
        <translation>Leer: die des Rasters.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>Empty: the one with the best place.</source>
        <translation>Leer: das mit dem besten Ort.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>Empty: the whole example.</source>
        <translation>Leer: das ganze Beispiel.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Empty: with the usual ending.</source>
        <translation>Leer: mit der üblichen Endung.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>Every object of every class on the raster is in the layers. Only then are numbers, shares and absence asked about.</source>
        <translation>Jedes Objekt jeder Klasse auf dem Raster ist in den Layern. Nur dann wird nach Anzahlen, Anteilen und Fehlendem gefragt.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>Example</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <location filename="../plugin/processing/find_alike.py"/>
        <source>Examples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask_knowledge.py"/>
        <source>Extent</source>
        <translation>Ausdehnung</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>Extent of the example</source>
        <translation>Ausdehnung des Beispiels</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask.py"/>
        <source>Facts (JSON)</source>
        <translation>Fakten (JSON)</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>Features</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Features without a usable shape: {number}.</source>
        <translation>Objekte ohne brauchbare Form: {number}.</translation>
    </message>
    <message>
        <location filename="../plugin/core/export_fields.py"/>
        <source>Field “{name}” is stored as 0 and 1.</source>
        <translation>Feld „{name}“ wird als 0 und 1 gespeichert.</translation>
    </message>
    <message>
        <location filename="../plugin/core/export_fields.py"/>
        <source>Field “{name}” is stored as text.</source>
        <translation>Feld „{name}“ wird als Text gespeichert.</translation>
    </message>
    <message>
        <location filename="../plugin/core/export_fields.py"/>
        <source>Field “{old}” is called “{new}”.</source>
        <translation>Feld „{old}“ heißt „{new}“.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Figures (JSON)</source>
        <translation>Messwerte (JSON)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/chapters.py"/>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>File in the profile</source>
        <translation>Datei im Profil</translation>
    </message>
    <message>
        <location filename="../plugin/processing/polygon_options.py"/>
        <source>Fill holes smaller than (m²)</source>
        <translation>Löcher füllen, die kleiner sind als (m²)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/map_scenes.py"/>
        <source>Fill: what is there now; outline: what was there.</source>
        <translation>Füllung: was jetzt da ist; Umriss: was da war.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/find_alike.py"/>
        <source>Find all like these</source>
        <translation>Alle finden, die diesen gleichen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/change.py"/>
        <source>Find changes between two dates</source>
        <translation>Veränderungen zwischen zwei Zeitpunkten finden</translation>
    </message>
    <message>
        <location filename="../plugin/processing/time_series.py"/>
        <source>Find changes over several dates</source>
        <translation>Veränderungen über mehrere Zeitpunkte finden</translation>
    </message>
    <message>
        <location filename="../plugin/processing/classify.py"/>
        <source>Folder made by “python -m terralogue.models.dual_encoders.convert” or imported in the window of models. Empty: the model that comes with the plugin.</source>
        <translation>Ordner, erstellt mit „python -m terralogue.models.dual_encoders.convert“ oder im Modellfenster importiert. Leer: das mitgelieferte Modell.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>Folder of documents</source>
        <translation>Ordner mit Dokumenten</translation>
    </message>
    <message>
        <location filename="../plugin/processing/index_imagery.py"/>
        <source>Folder of images</source>
        <translation>Ordner mit Bildern</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>Folder of the data set</source>
        <translation>Ordner des Datensatzes</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_style.py"/>
        <source>Football field</source>
        <translation>Fußballplatz</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>Footprints</source>
        <translation>Umrisse</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>Formats</source>
        <translation>Formate</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/pair_tables.py"/>
        <source>From → to</source>
        <translation>Von → zu</translation>
    </message>
    <message>
        <location filename="../plugin/core/running_on.py"/>
        <source>GPU (CUDA)</source>
        <translation>GPU (CUDA)</translation>
    </message>
    <message>
        <location filename="../plugin/core/running_on.py"/>
        <source>GPU (DirectML)</source>
        <translation>GPU (DirectML)</translation>
    </message>
    <message>
        <location filename="../plugin/core/running_on.py"/>
        <source>GPU (OpenVINO)</source>
        <translation>GPU (OpenVINO)</translation>
    </message>
    <message>
        <location filename="../plugin/core/running_on.py"/>
        <source>GPU or Neural Engine (CoreML)</source>
        <translation>GPU oder Neural Engine (CoreML)</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Give either a layer of changes or layers of both dates, not both.</source>
        <translation>Geben Sie entweder einen Änderungslayer oder Layer beider Zeitpunkte an, nicht beides.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Give layers of both dates, or one layer of changes, or none at all for the model's own view.</source>
        <translation>Geben Sie Layer beider Zeitpunkte an, oder einen Änderungslayer, oder gar keinen, dann entscheidet das Modell.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/prepare_second_pair.py"/>
        <source>Give the land cover of both dates.</source>
        <translation>Geben Sie die Landbedeckung beider Zeitpunkte an.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>HTML files (*.html)</source>
        <translation>HTML-Dateien (*.html)</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>Heat</source>
        <translation>Heatmap</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>Heat can be written as .tif only. Choose another name.</source>
        <translation>Die Heatmap lässt sich nur als .tif schreiben. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/polygon_options.py"/>
        <source>Holes in which another polygon lies stay, unless neighbours need not be kept apart.</source>
        <translation>Löcher, in denen ein anderes Polygon liegt, bleiben, außer wenn Nachbarn nicht getrennt bleiben müssen.</translation>
    </message>
    <message>
        <location filename="../plugin/core/index_layers.py"/>
        <source>How much {source} looks like it to {model}: 0 the lowest place of the raster, 254 the highest.</source>
        <translation>Wie sehr {source} für {model} danach aussieht: 0 die niedrigste Stelle des Rasters, 254 die höchste.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>How often each tile is looked at, each time under another light.</source>
        <translation>Wie oft jede Kachel angesehen wird, jedes Mal unter anderem Licht.</translation>
    </message>
    <message>
        <location filename="../plugin/core/score_layer.py"/>
        <source>How sure {model} is of a change in {source}: 0 to 254 stand for scores of 0 to 1, 255 is unknown.</source>
        <translation>Wie sicher {model} bei einer Veränderung in {source} ist: 0 bis 254 stehen für Werte von 0 bis 1, 255 ist unbekannt.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/provenance_table.py"/>
        <source>How this was made</source>
        <translation>Wie dies entstand</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>How well the model does on places it never saw</source>
        <translation>Wie gut das Modell an Orten ist, die es nie gesehen hat</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>Imagery of the features</source>
        <translation>Bilddaten der Objekte</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>In English, one of them: “greenhouse”, “rice paddy”.</source>
        <translation>Auf Englisch, in der Einzahl: „greenhouse“, „rice paddy“.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask.py"/>
        <source>In plain English: what is here, how many, where, how large.</source>
        <translation>Auf Englisch: was ist hier, wie viele, wo, wie groß.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/index_imagery.py"/>
        <source>Index</source>
        <translation>Index</translation>
    </message>
    <message>
        <location filename="../plugin/processing/index_imagery.py"/>
        <source>Index imagery for search</source>
        <translation>Bilddaten für die Suche indizieren</translation>
    </message>
    <message>
        <location filename="../plugin/processing/pair_tile_parameters.py"/>
        <source>Index of tiles</source>
        <translation>Verzeichnis der Kacheln</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/model_rows.py"/>
        <source>Installed</source>
        <translation>Installiert</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Keep it in the profile. Without, only the copy is written.</source>
        <translation>Im Profil behalten. Sonst wird nur die Kopie geschrieben.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/polygon_options.py"/>
        <source>Keep neighbours apart</source>
        <translation>Nachbarn getrennt halten</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask_knowledge.py"/>
        <source>Knowledge base</source>
        <translation>Wissensbasis</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask_knowledge.py"/>
        <source>Knowledge bases (*.knowledge)</source>
        <translation>Wissensbasen (*.knowledge)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/series_tables.py"/>
        <source>Known</source>
        <translation>Bekannt</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/pair_tables.py"/>
        <source>Known on both dates</source>
        <translation>An beiden Zeitpunkten bekannt</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Labelled area</source>
        <translation>Kartierte Fläche</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Labelled extent</source>
        <translation>Kartierte Ausdehnung</translation>
    </message>
    <message>
        <location filename="../plugin/processing/cover_parameters.py"/>
        <source>Land cover after</source>
        <translation>Landbedeckung danach</translation>
    </message>
    <message>
        <location filename="../plugin/processing/cover_parameters.py"/>
        <source>Land cover before</source>
        <translation>Landbedeckung davor</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/voice_text.py"/>
        <source>Language model {name}</source>
        <translation>Sprachmodell {name}</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>Largest number of chips</source>
        <translation>Höchstzahl der Ausschnitte</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>Largest number of places</source>
        <translation>Höchstzahl der Orte</translation>
    </message>
    <message>
        <location filename="../plugin/processing/pair_tile_parameters.py"/>
        <source>Largest number of tiles</source>
        <translation>Größte Anzahl von Kacheln</translation>
    </message>
    <message>
        <location filename="../plugin/processing/prepare_second_pair.py"/>
        <source>Largest share of a tile without a class (%)</source>
        <translation>Größter Anteil einer Kachel ohne Klasse (%)</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Largest share of tiles without a change</source>
        <translation>Größter Anteil von Kacheln ohne Änderung</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/chapters.py"/>
        <source>Layer</source>
        <translation>Layer</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Layer of changes</source>
        <translation>Änderungslayer</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Layers after</source>
        <translation>Layer danach</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>Layers and tables</source>
        <translation>Layer und Tabellen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Layers before</source>
        <translation>Layer davor</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/chapters.py"/>
        <source>Layers written</source>
        <translation>Geschriebene Layer</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Learned from</source>
        <translation>Gelernt aus</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning.py"/>
        <source>Learning</source>
        <translation>Es wird gelernt</translation>
    </message>
    <message>
        <location filename="../plugin/processing/polygon_options.py"/>
        <source>Leave out parts narrower than (m)</source>
        <translation>Teile weglassen, die schmaler sind als (m)</translation>
    </message>
    <message>
        <location filename="../plugin/processing/polygon_options.py"/>
        <source>Leaves corners out that lie no farther than this from the outline. Neighbours keep their common edges. The fields shape, shape_m2 and shape_err say what that changed. 0: the edges of the pixels.</source>
        <translation>Lässt Ecken weg, die nicht weiter als dies vom Umriss entfernt liegen. Nachbarn behalten ihre gemeinsamen Kanten. Die Felder shape, shape_m2 und shape_err sagen, was das änderte. 0: die Kanten der Pixel.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Left out: patches (pixels)</source>
        <translation>Weggelassen: Flecken (Pixel)</translation>
    </message>
    <message>
        <location filename="../plugin/processing/classify.py"/>
        <source>Let alike tiles agree</source>
        <translation>Ähnliche Kacheln abstimmen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Lights</source>
        <translation>Lichter</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/place_table.py"/>
        <source>Likeness</source>
        <translation>Ähnlichkeit</translation>
    </message>
    <message>
        <location filename="../plugin/processing/find_alike.py"/>
        <source>Likeness from which ground belongs: 0.5 is any ground, 1 the examples. Empty: set by the examples.</source>
        <translation>Ähnlichkeit, ab der Boden dazugehört: 0,5 ist irgendein Boden, 1 die Beispiele. Leer: von den Beispielen bestimmt.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Lines and points are drawn this wide. Needed if there are any.</source>
        <translation>So breit werden Linien und Punkte gezeichnet. Nötig, wenn es welche gibt.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/index_imagery.py"/>
        <source>List it in the Find window</source>
        <translation>Im Suchfenster aufführen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/classify.py"/>
        <source>Loading the encoder</source>
        <translation>Encoder wird geladen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Longest time to learn (minutes)</source>
        <translation>Längste Lernzeit (Minuten)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Looked at</source>
        <translation>Betrachtet</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning.py"/>
        <source>Looking at the tiles</source>
        <translation>Die Kacheln werden angesehen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/standing.py"/>
        <source>Looking at this place…</source>
        <translation>Dieser Ort wird betrachtet…</translation>
    </message>
    <message>
        <location filename="../plugin/core/dialogue_build.py"/>
        <source>Looking for changes</source>
        <translation>Suche Änderungen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/index_imagery.py"/>
        <source>Looks at rasters in windows of 256, 512 and 768 pixels and keeps what each looks like in a folder: index.gpkg with the outlines, vectors.npy with the vectors. Run it again into the same folder to add rasters or to bring it up to date: what has not changed is not looked at again, and a run that was stopped goes on. Search it with “Search indexed imagery” or in the Find window.</source>
        <translation>Betrachtet Raster in Fenstern von 256, 512 und 768 Pixeln und legt in einem Ordner ab, wie jedes aussieht: index.gpkg mit den Umrissen, vectors.npy mit den Vektoren. Mit demselben Ordner erneut gestartet, fügt es Raster hinzu oder aktualisiert den Index: Unverändertes wird nicht noch einmal betrachtet, und ein angehaltener Lauf geht weiter. Durchsucht wird er mit „Indizierte Bilddaten durchsuchen“ oder im Suchfenster.</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_style.py"/>
        <source>Low vegetation</source>
        <translation>Niedrige Vegetation</translation>
    </message>
    <message>
        <location filename="../plugin/core/layers.py"/>
        <source>Made by Terralogue on {time}.</source>
        <translation>Von Terralogue erstellt am {time}.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/report_flow.py"/>
        <source>Made on {time} with Terralogue {version}.</source>
        <translation>Erstellt am {time} mit Terralogue {version}.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/layout_flow.py"/>
        <source>Made with Terralogue {version}; all values are predictions.</source>
        <translation>Erstellt mit Terralogue {version}; alle Werte sind Vorhersagen.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/index_imagery.py"/>
        <source>Make the index anew</source>
        <translation>Den Index neu erstellen</translation>
    </message>
    <message>
        <location filename="../plugin/core/snapshots.py"/>
        <source>Map view</source>
        <translation>Kartenansicht</translation>
    </message>
    <message>
        <location filename="../plugin/processing/every_object.py"/>
        <source>Mask engine for every object</source>
        <translation>Maskenmodell für jedes Objekt</translation>
    </message>
    <message>
        <location filename="../plugin/processing/segment.py"/>
        <source>Masks</source>
        <translation>Masken</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Mean score</source>
        <translation>Mittlerer Wert</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Measured in the region</source>
        <translation>Im Gebiet gemessen</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning.py"/>
        <source>Measuring</source>
        <translation>Es wird gemessen</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <location filename="../plugin/processing/run_model.py"/>
        <source>More is slower and hides better what a model does at the edges of its tiles. Empty: the model's own.</source>
        <translation>Mehr ist langsamer und verbirgt besser, was ein Modell an den Rändern seiner Kacheln tut. Leer: die des Modells.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/time_series.py"/>
        <source>Moves every later image onto the first and matches its light, where that is trusted.</source>
        <translation>Verschiebt jedes spätere Bild auf das erste und gleicht sein Licht an, wo das verlässlich ist.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/change.py"/>
        <source>Moves one image by up to five pixels and matches its light to the other, where that makes them agree clearly better. The description says what was moved.</source>
        <translation>Verschiebt ein Bild um bis zu fünf Pixel und gleicht sein Licht dem anderen an, wo die beiden dann deutlich besser übereinstimmen. Die Beschreibung sagt, was verschoben wurde.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/cell_tables.py"/>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/cell_tables.py"/>
        <source>NE</source>
        <translation>NO</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/cell_tables.py"/>
        <source>NW</source>
        <translation>NW</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <location filename="../plugin/processing/every_object.py"/>
        <source>Name of a mask engine that you downloaded or imported in the window of models. Empty: the model that comes with the plugin.</source>
        <translation>Name eines Maskenmodells, das Sie im Modellfenster heruntergeladen oder importiert haben. Leer: das mitgelieferte Modell.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Name of the class</source>
        <translation>Name der Klasse</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Name of the field that holds the class. Layers without it are one class each.</source>
        <translation>Name des Feldes mit der Klasse. Layer ohne dieses Feld sind jeweils eine Klasse.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/change.py"/>
        <source>Narrows the change, such as “new buildings”. Empty: every change.</source>
        <translation>Schränkt die Veränderung auf Englisch ein, etwa “new buildings”. Leer: jede Veränderung.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Nearest distances</source>
        <translation>Nächste Abstände</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Needed for words that the model knows badly, such as “vineyard”, and to tune a class anew.</source>
        <translation>Nötig für Wörter, die das Modell schlecht kennt, wie „vineyard“, und um eine Klasse neu zu lernen.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/segment.py"/>
        <source>Negative, 0, false or “-”: the object under the point is left out.</source>
        <translation>Negativ, 0, falsch oder „-“: Das Objekt unter dem Punkt wird ausgelassen.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/find_alike.py"/>
        <source>Negative, 0, false or “-”: things like this one are not meant.</source>
        <translation>Negativ, 0, falsch oder „-“: Dinge wie dieses sind nicht gemeint.</translation>
    </message>
    <message>
        <location filename="../plugin/core/training_build.py"/>
        <source>No chip of {name} holds both pixels and features.</source>
        <translation>Kein Ausschnitt von {name} enthält sowohl Pixel als auch Objekte.</translation>
    </message>
    <message>
        <location filename="../plugin/core/report/ground.py"/>
        <source>No coordinate reference system: no scale and no north</source>
        <translation>Kein Koordinatenbezugssystem: kein Maßstab und kein Norden</translation>
    </message>
    <message>
        <location filename="../plugin/core/training_build.py"/>
        <source>No feature with a class lies on {name}. Choose other layers.</source>
        <translation>Auf {name} liegt kein Objekt mit einer Klasse. Wählen Sie andere Layer.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>No layer has a field {name}. Choose another class field.</source>
        <translation>Kein Layer hat ein Feld {name}. Wählen Sie ein anderes Klassenfeld.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>No layer is visible here. Switch one on or add one, then ask again.</source>
        <translation>Hier ist kein Layer sichtbar. Schalten Sie einen ein oder fügen Sie einen hinzu und fragen Sie noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning.py"/>
        <source>No polygon of {layer} lies on {raster}.</source>
        <translation>Kein Polygon von {layer} liegt auf {raster}.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/citation_places.py"/>
        <source>No program opens {name}. Open it by hand.</source>
        <translation>Kein Programm öffnet {name}. Öffnen Sie es von Hand.</translation>
    </message>
    <message>
        <location filename="../plugin/core/tile_choice.py"/>
        <source>No tile has a change. Choose other layers, or a share of unchanged tiles of 1.</source>
        <translation>Keine Kachel enthält eine Änderung. Wählen Sie andere Layer oder 1 als Anteil unveränderter Kacheln.</translation>
    </message>
    <message>
        <location filename="../plugin/core/tile_choice.py"/>
        <source>No tile has a class everywhere. If 0 is no data in a class raster and should not be, switch that off in its properties under Transparency.</source>
        <translation>Keine Kachel hat überall eine Klasse. Falls 0 in einem Klassenraster fälschlich als fehlend gilt, schalten Sie das in seinen Eigenschaften unter Transparenz aus.</translation>
    </message>
    <message>
        <location filename="../plugin/core/tile_choice.py"/>
        <source>No tile of {name} is whole on both dates and in all layers.</source>
        <translation>Keine Kachel von {name} ist zu beiden Zeitpunkten und in allen Layern vollständig.</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_style.py"/>
        <source>None of these</source>
        <translation>Keine davon</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>Not after</source>
        <translation>Nicht nach</translation>
    </message>
    <message>
        <location filename="../plugin/core/report/drawing.py"/>
        <source>Not all of this could be drawn.</source>
        <translation>Nicht alles davon konnte gezeichnet werden.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>Not before</source>
        <translation>Nicht vor</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Not readable or empty</source>
        <translation>Nicht lesbar oder leer</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Not sure</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/standing.py"/>
        <source>Nothing is found there. Click on another part of it, or draw a box around it.</source>
        <translation>Dort wird nichts gefunden. Klicken Sie auf einen anderen Teil davon oder ziehen Sie ein Rechteck darum.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Nothing of {name} lies on the raster. Choose another labelled area.</source>
        <translation>Nichts von {name} liegt auf dem Raster. Wählen Sie eine andere kartierte Fläche.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>Nothing was chosen. Choose layers, tables or documents.</source>
        <translation>Nichts ist gewählt. Wählen Sie Layer, Tabellen oder Dokumente.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Nothing would be kept. Choose a file for the copy, or use the class.</source>
        <translation>Nichts würde behalten. Wählen Sie eine Datei für die Kopie, oder verwenden Sie die Klasse.</translation>
    </message>
    <message>
        <location filename="../plugin/core/running_on.py"/>
        <source>Nothing yet: the model is loaded with the first question</source>
        <translation>Noch nichts: Das Modell wird mit der ersten Frage geladen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/object_table.py"/>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <location filename="../plugin/processing/time_series.py"/>
        <source>Number of changes</source>
        <translation>Anzahl der Veränderungen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>Number of chips</source>
        <translation>Anzahl der Ausschnitte</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>Number of places</source>
        <translation>Anzahl der Orte</translation>
    </message>
    <message>
        <location filename="../plugin/processing/find_alike.py"/>
        <source>Number of polygons</source>
        <translation>Anzahl der Polygone</translation>
    </message>
    <message>
        <location filename="../plugin/processing/classify.py"/>
        <source>Number of tiles</source>
        <translation>Anzahl der Kacheln</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Number right</source>
        <translation>Anzahl richtig</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Number right to one</source>
        <translation>Anzahl bis auf eins richtig</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/object_table.py"/>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/chapters.py"/>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/object_table.py"/>
        <source>Objects: the {shown} largest of {total}</source>
        <translation>Objekte: die {shown} größten von {total}</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Of the ground marked, right</source>
        <translation>Vom markierten Boden richtig</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Of the ground there, found</source>
        <translation>Vom vorhandenen Boden gefunden</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/series_tables.py"/>
        <source>Of these, changed and changed back</source>
        <translation>Davon geändert und zurück geändert</translation>
    </message>
    <message>
        <location filename="../plugin/core/outline_words.py"/>
        <source>Of {count} objects nothing was left.</source>
        <translation>Von {count} Objekten blieb nichts übrig.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/classify.py"/>
        <source>Off: every tile gets the class it looks like most, however little.</source>
        <translation>Aus: Jede Kachel bekommt die Klasse, nach der sie am meisten aussieht, und sei es noch so wenig.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/provenance_table.py"/>
        <source>On this computer; no pixel and no question left it.</source>
        <translation>Auf diesem Rechner; kein Pixel und keine Frage hat ihn verlassen.</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>On tiles that were held back</source>
        <translation>Auf zurückgehaltenen Kacheln</translation>
    </message>
    <message>
        <location filename="../plugin/processing/polygon_options.py"/>
        <source>One multipolygon for each class</source>
        <translation>Ein Multipolygon je Klasse</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>One object takes at most {most} clicks and boxes. Accept it with Enter, or take some back with Backspace.</source>
        <translation>Ein Objekt nimmt höchstens {most} Klicks und Rechtecke auf. Übernehmen Sie es mit der Eingabetaste oder nehmen Sie mit der Rücktaste einige zurück.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>One of the 3 × 3 cells is named from this many changed pixels on.</source>
        <translation>Ab so vielen geänderten Pixeln wird eine der 3 × 3 Zellen genannt.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/classify.py"/>
        <source>One on each line, or separated by commas.</source>
        <translation>Je Zeile eine, oder durch Kommas getrennt.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/places.py"/>
        <source>Only look inside these polygons, and give one row of results for each.</source>
        <translation>Nur innerhalb dieser Polygone suchen und je Polygon eine Ergebniszeile ausgeben.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>Only look inside this extent.</source>
        <translation>Nur innerhalb dieser Ausdehnung suchen.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/places.py"/>
        <source>Only look inside this extent. Empty: the whole raster.</source>
        <translation>Nur innerhalb dieser Ausdehnung suchen. Leer: das ganze Raster.</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning.py"/>
        <source>Only {number} polygons of {layer} lie on {raster}; tuning needs {fewest} or more. Map more of them.</source>
        <translation>Nur {number} Polygone von {layer} liegen auf {raster}; zum Lernen braucht es {fewest} oder mehr. Kartieren Sie weitere.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Open questions of a tile</source>
        <translation>Offene Fragen je Kachel</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/other_values.py"/>
        <source>Other measured values</source>
        <translation>Weitere gemessene Werte</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Other words for it</source>
        <translation>Andere Wörter dafür</translation>
    </message>
    <message>
        <location filename="../plugin/processing/find_alike.py"/>
        <source>Outline at least one thing that the others should be like.</source>
        <translation>Umreißen Sie mindestens ein Ding, dem die anderen gleichen sollen.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/every_object.py"/>
        <source>Outline every object, whatever it is</source>
        <translation>Jedes Objekt umreißen, was es auch sei</translation>
    </message>
    <message>
        <location filename="../plugin/processing/find_alike.py"/>
        <source>Outline one thing or a few, and everything on the raster that looks like them is found. Nothing is learned and no class is named: what the model sees in the examples is compared with what it sees elsewhere. Outlines follow steps of four pixels. Polygons whose sign field is negative, 0 or false say what is not meant. For many examples of one kind, “Teach a class from polygons” does better.</source>
        <translation>Umreißen Sie ein Ding oder einige, und alles auf dem Raster, was ihnen gleicht, wird gefunden. Nichts wird gelernt und keine Klasse genannt: Was das Modell in den Beispielen sieht, wird mit dem verglichen, was es anderswo sieht. Umrisse folgen Stufen von vier Pixeln. Polygone, deren Vorzeichenfeld negativ, 0 oder falsch ist, sagen, was nicht gemeint ist. Bei vielen Beispielen einer Art ist „Eine Klasse aus Polygonen lehren“ besser.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/model_rows.py"/>
        <source>Outline what is pointed at</source>
        <translation>Gezeigtes umreißen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/model_rows.py"/>
        <source>Outlines of what is pointed at</source>
        <translation>Umrisse von Gezeigtem</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/standing.py"/>
        <source>Outlining…</source>
        <translation>Wird umrissen…</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Overlap (IoU)</source>
        <translation>Überdeckung (IoU)</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>Overlap of chips (pixels)</source>
        <translation>Überlappung der Ausschnitte (Pixel)</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Overlap of ground (intersection over union)</source>
        <translation>Überlappung des Bodens (Schnitt durch Vereinigung)</translation>
    </message>
    <message>
        <location filename="../plugin/processing/run_model.py"/>
        <source>Overlap of tiles (%)</source>
        <translation>Überlappung der Kacheln (%)</translation>
    </message>
    <message>
        <location filename="../plugin/processing/classify.py"/>
        <source>Overlap of tiles (pixels)</source>
        <translation>Überlappung der Kacheln (Pixel)</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Overlap on held-back ground</source>
        <translation>Überlappung auf zurückgehaltenem Boden</translation>
    </message>
    <message>
        <location filename="../plugin/core/report/paper.py"/>
        <source>Page {number} of {total}</source>
        <translation>Seite {number} von {total}</translation>
    </message>
    <message>
        <location filename="../plugin/processing/index_imagery.py"/>
        <source>Part {part} is missing.</source>
        <translation>Teil {part} fehlt.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Patches</source>
        <translation>Flecken</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>Paths of .txt, .md, .docx or .pdf files, one on each line.</source>
        <translation>Pfade von .txt-, .md-, .docx- oder .pdf-Dateien, einer je Zeile.</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_style.py"/>
        <source>Paved ground</source>
        <translation>Befestigter Boden</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/series_tables.py"/>
        <source>Period</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <location filename="../plugin/processing/time_series.py"/>
        <source>Periods (JSON)</source>
        <translation>Zeiträume (JSON)</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>Pieces of text</source>
        <translation>Textstücke</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Pixel size (m)</source>
        <translation>Pixelgröße (m)</translation>
    </message>
    <message>
        <location filename="../plugin/processing/index_imagery.py"/>
        <source>Pixel size of images without georeference (m)</source>
        <translation>Pixelgröße von Bildern ohne Georeferenz (m)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/provenance_table.py"/>
        <source>Pixel size of the source</source>
        <translation>Pixelgröße der Quelle</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/provenance_table.py"/>
        <source>Pixel sizes the model was trained for</source>
        <translation>Pixelgrößen, für die das Modell trainiert ist</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/object_table.py"/>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <location filename="../plugin/processing/polygon_options.py"/>
        <source>Pixels and areas are sums, the score is the mean over all pixels.</source>
        <translation>Pixel und Flächen sind Summen, der Wert ist das Mittel über alle Pixel.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Pixels from</source>
        <translation>Pixel ab</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_style.py"/>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/pair_tables.py"/>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <location filename="../plugin/core/index_layers.py"/>
        <source>Places of {source} that {model} ranks highest. A ranking, no proof: look at them before you rely on them.</source>
        <translation>Orte von {source}, die {model} am höchsten reiht. Eine Reihung, kein Beweis: Sehen Sie sie an, bevor Sie sich darauf verlassen.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/place_table.py"/>
        <source>Places, best first</source>
        <translation>Orte, der beste zuerst</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_style.py"/>
        <source>Playground</source>
        <translation>Spielplatz</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Plural</source>
        <translation>Mehrzahl</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask_knowledge.py"/>
        <source>Point</source>
        <translation>Punkt</translation>
    </message>
    <message>
        <location filename="../plugin/processing/segment.py"/>
        <source>Points</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Polygons</source>
        <translation>Polygone</translation>
    </message>
    <message>
        <location filename="../plugin/core/layers.py"/>
        <source>Polygons found by {model} in {source}. They are predictions: check them before you rely on them.</source>
        <translation>Polygone, von {model} in {source} gefunden. Es sind Vorhersagen: Prüfen Sie sie, bevor Sie sich darauf verlassen.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Polygons inside which every one was mapped, instead of the extent.</source>
        <translation>Polygone, in denen jedes Objekt kartiert ist, statt der Ausdehnung.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/prepare_second_pair.py"/>
        <source>Polygons lie over rasters; of two that overlap the later one counts.</source>
        <translation>Polygone liegen über Rastern; von zweien, die sich überlappen, zählt das spätere.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Polygons of the class</source>
        <translation>Polygone der Klasse</translation>
    </message>
    <message>
        <location filename="../plugin/processing/find_alike.py"/>
        <source>Polygons on the raster. Selected features alone can be used.</source>
        <translation>Polygone auf dem Raster. Es können auch nur gewählte Objekte benutzt werden.</translation>
    </message>
    <message>
        <location filename="../plugin/core/mask_layer.py"/>
        <source>Polygons pointed at in {source} and outlined by {model}, each taken by hand.</source>
        <translation>Polygone, auf die in {source} gezeigt wurde, umrissen von {model}, jedes von Hand übernommen.</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Polygons used</source>
        <translation>Verwendete Polygone</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <location filename="../plugin/processing/prepare_second_pair.py"/>
        <source>Prepare SECOND-style pair</source>
        <translation>Paar nach Art von SECOND vorbereiten</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Presence and number right, by tile</source>
        <translation>Vorhandensein und Anzahl richtig, je Kachel</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Presence right</source>
        <translation>Vorhandensein richtig</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <location filename="../plugin/processing/classify.py"/>
        <source>Published encoder</source>
        <translation>Veröffentlichter Encoder</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>Puts what your layers, tables and documents say into one file, from which questions are answered with numbered citations. With imagery, features are also found by their looks; with rasters, the mean over each feature is known too. Run it again on the same file after an edit: only what changed is read anew. Everything stays on this computer, and documents are only quoted: what they ask for is never done.</source>
        <translation>Legt in einer Datei ab, was Ihre Layer, Tabellen und Dokumente sagen; daraus werden Fragen mit nummerierten Belegen beantwortet. Mit Bilddaten lassen sich Objekte auch am Aussehen finden; mit Rastern ist auch der Mittelwert über jedem Objekt bekannt. Starten Sie es nach einer Bearbeitung mit derselben Datei noch einmal: Nur Geändertes wird neu gelesen. Alles bleibt auf diesem Rechner, und Dokumente werden nur zitiert: Was sie verlangen, wird nie getan.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask.py"/>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>Ranks the tiles of an index by how well they fit words, such as “boats in a harbour” or “houses without trees”, or by how much they look like an example. No two results show the same ground. Field score is a cosine, with “without” a probability. The heat raster shows one raster of the index: 0 is its lowest place, 254 its highest. A best match is always found: look at it before you trust it.</source>
        <translation>Reiht die Kacheln eines Index danach, wie gut sie zu englischen Wörtern passen, etwa „boats in a harbour“ oder „houses without trees“, oder wie sehr sie einem Beispiel gleichen. Keine zwei Ergebnisse zeigen denselben Boden. Das Feld score ist ein Kosinus, mit „without“ eine Wahrscheinlichkeit. Die Heatmap zeigt ein Raster des Index: 0 ist seine niedrigste Stelle, 254 seine höchste. Ein bester Treffer findet sich immer: Sehen Sie ihn an, bevor Sie ihm trauen.</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Raster</source>
        <translation>Raster</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>Raster of the heat</source>
        <translation>Raster der Heatmap</translation>
    </message>
    <message>
        <location filename="../plugin/processing/index_imagery.py"/>
        <source>Rasters</source>
        <translation>Raster</translation>
    </message>
    <message>
        <location filename="../plugin/processing/time_series.py"/>
        <source>Rasters of one place, each with its date.</source>
        <translation>Raster eines Ortes, jedes mit seinem Datum.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/index_imagery.py"/>
        <source>Rasters that could not be read (JSON)</source>
        <translation>Nicht lesbare Raster (JSON)</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>Rasters to sum up over each feature</source>
        <translation>Raster, die über jedem Objekt zusammengefasst werden</translation>
    </message>
    <message>
        <location filename="../plugin/core/training_build.py"/>
        <source>Reading the layers</source>
        <translation>Layer werden gelesen</translation>
    </message>
    <message>
        <location filename="../plugin/core/service.py"/>
        <source>Ready.</source>
        <translation>Bereit.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Recall</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_work.py"/>
        <source>Region</source>
        <translation>Gebiet</translation>
    </message>
    <message>
        <location filename="../plugin/processing/places.py"/>
        <source>Regions</source>
        <translation>Gebiete</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/chapters.py"/>
        <source>Rendered only, not checked on real imagery: {covers}</source>
        <translation>Nur an gezeichneten Szenen gelernt, nicht an echten Bildern geprüft: {covers}</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Replace what the words mean so far</source>
        <translation>Bisherige Bedeutung der Wörter ersetzen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>Report (JSON)</source>
        <translation>Bericht (JSON)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/report_flow.py"/>
        <source>Report on a conversation of {number} questions</source>
        <translation>Bericht über ein Gespräch mit {number} Fragen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/report_flow.py"/>
        <source>Report on one answer</source>
        <translation>Bericht über eine Antwort</translation>
    </message>
    <message>
        <location filename="../plugin/processing/places.py"/>
        <source>Results by region</source>
        <translation>Ergebnisse je Gebiet</translation>
    </message>
    <message>
        <location filename="../plugin/processing/polygon_options.py"/>
        <source>Right angles and filled holes never reach into another polygon, and a polygon that shares an edge with another keeps it.</source>
        <translation>Rechte Winkel und gefüllte Löcher ragen nie in ein anderes Polygon, und ein Polygon, das eine Kante mit einem anderen teilt, behält sie.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/polygon_options.py"/>
        <source>Right angles for buildings</source>
        <translation>Rechte Winkel für Gebäude</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_style.py"/>
        <source>Road</source>
        <translation>Straße</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_style.py"/>
        <source>Roundabout</source>
        <translation>Kreisverkehr</translation>
    </message>
    <message>
        <location filename="../plugin/processing/run_model.py"/>
        <source>Run a model of your own</source>
        <translation>Ein eigenes Modell ausführen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/run_model.py"/>
        <source>Runs a segmentor or a detector (YOLO) that is kept as an ONNX file, as those of the Deepness model zoo. Classes, ground scale, tiles and thresholds are read from the file; what you enter here goes before them. Pixels without data never belong to anything, tiles are blended, and polygons have exactly the area of their pixels.</source>
        <translation>Führt ein Segmentierungsmodell oder einen Detektor (YOLO) aus einer ONNX-Datei aus, wie die der Sammlung von Deepness. Klassen, Bodenauflösung, Kacheln und Schwellen werden aus der Datei gelesen; was Sie hier eingeben, geht vor. Pixel ohne Daten gehören nie zu etwas, Kacheln gehen ineinander über, und Polygone haben genau die Fläche ihrer Pixel.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/cell_tables.py"/>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/cell_tables.py"/>
        <source>SE</source>
        <translation>SO</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/cell_tables.py"/>
        <source>SW</source>
        <translation>SW</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>Say what to look for, or choose an example.</source>
        <translation>Nennen Sie, wonach gesucht werden soll, oder wählen Sie ein Beispiel.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/segment.py"/>
        <source>Say what to look for, or give points or boxes.</source>
        <translation>Nennen Sie, wonach gesucht werden soll, oder geben Sie Punkte oder Rechtecke an.</translation>
    </message>
    <message>
        <location filename="../plugin/core/code_layers.py"/>
        <source>Say which class each value of {name} is, as in “1=road; 2=building”.</source>
        <translation>Geben Sie an, welche Klasse jeder Wert von {name} ist, etwa „1=road; 2=building“.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/status.py"/>
        <source>Says whether Terralogue is ready, which packages and models it uses, what they run on, what words the answers, and what to do next if something is missing. The answer is JSON.</source>
        <translation>Sagt, ob Terralogue bereit ist, welche Pakete und Modelle es benutzt, womit sie rechnen, was die Antworten formuliert und was zu tun ist, wenn etwas fehlt. Die Antwort ist JSON.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Scene</source>
        <translation>Szene</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/object_table.py"/>
        <source>Score</source>
        <translation>Wert</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Score from</source>
        <translation>Wert ab</translation>
    </message>
    <message>
        <location filename="../plugin/processing/segment.py"/>
        <source>Score from which a pixel belongs to the mask. Empty: the model's own.</source>
        <translation>Wert, ab dem ein Pixel zur Maske gehört. Leer: der des Modells.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/change.py"/>
        <source>Score from which a pixel counts as changed. Empty: the model's own.</source>
        <translation>Wert, ab dem ein Pixel als verändert gilt. Leer: die eigene Schwelle des Modells.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/run_model.py"/>
        <source>Score from which a pixel or a box counts. Empty: the model's own.</source>
        <translation>Wert, ab dem ein Pixel oder ein Rechteck zählt. Leer: der des Modells.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/change.py"/>
        <source>Scores</source>
        <translation>Werte</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/model_rows.py"/>
        <source>Search and class words</source>
        <translation>Suche und Klassenwörter</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>Search indexed imagery</source>
        <translation>Indizierte Bilddaten durchsuchen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/model_rows.py"/>
        <source>Search indexes</source>
        <translation>Indizes durchsuchen</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <location filename="../plugin/processing/segment.py"/>
        <source>Segment a raster</source>
        <translation>Ein Raster segmentieren</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Separated by commas.</source>
        <translation>Durch Kommas getrennt.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/run_model.py"/>
        <source>Separated by commas; a class may have a threshold of its own, as in “roof=0.7”. Empty: all but the background.</source>
        <translation>Durch Kommas getrennt; eine Klasse darf eine eigene Schwelle haben, wie „roof=0.7“. Leer: alle außer dem Hintergrund.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>Separated by commas; empty: all columns.</source>
        <translation>Durch Kommas getrennt; leer: alle Spalten.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/pair_tables.py"/>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <location filename="../plugin/processing/split_parameters.py"/>
        <source>Share for testing</source>
        <translation>Anteil für den Test</translation>
    </message>
    <message>
        <location filename="../plugin/processing/split_parameters.py"/>
        <source>Share for validation</source>
        <translation>Anteil für die Validierung</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Share of a feature that must have changed</source>
        <translation>Anteil eines Objekts, der sich geändert haben muss</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/model_rows.py"/>
        <source>Shipped</source>
        <translation>Mitgeliefert</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/model_rows.py"/>
        <source>Shipped with the plugin</source>
        <translation>Mit der Erweiterung geliefert</translation>
    </message>
    <message>
        <location filename="../plugin/processing/find_alike.py"/>
        <source>Sign field of the examples</source>
        <translation>Vorzeichenfeld der Beispiele</translation>
    </message>
    <message>
        <location filename="../plugin/processing/segment.py"/>
        <source>Sign field of the points</source>
        <translation>Vorzeichenfeld der Punkte</translation>
    </message>
    <message>
        <location filename="../plugin/processing/polygon_options.py"/>
        <source>Simplify outlines by at most (m)</source>
        <translation>Umrisse vereinfachen um höchstens (m)</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Smaller changes are taken as none. Empty: more than five pixels.</source>
        <translation>Kleinere Änderungen gelten als keine. Leer: mehr als fünf Pixel.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/run_model.py"/>
        <source>Smaller polygons are left out. 0: as the model says.</source>
        <translation>Kleinere Polygone werden weggelassen. 0: wie das Modell es sagt.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/run_model.py"/>
        <source>Smallest area (m²)</source>
        <translation>Kleinste Fläche (m²)</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Smallest change (m²)</source>
        <translation>Kleinste Änderung (m²)</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_style.py"/>
        <source>Solar farm</source>
        <translation>Solarpark</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/map_scenes.py"/>
        <source>Some layers of the map are no longer in the project.</source>
        <translation>Einige Layer der Karte sind nicht mehr im Projekt.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>Some objects cannot be converted for {name}. Choose another coordinate reference system.</source>
        <translation>Einige Objekte lassen sich für {name} nicht umrechnen. Wählen Sie ein anderes Koordinatenbezugssystem.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/change.py"/>
        <source>Something changed</source>
        <translation>Etwas hat sich verändert</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>Something went wrong that was not foreseen. See the log under Terralogue, then try again.</source>
        <translation>Etwas Unvorhergesehenes ist schiefgegangen. Sehen Sie im Protokoll unter Terralogue nach und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/series_tables.py"/>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <location filename="../plugin/processing/polygon_options.py"/>
        <source>Statistics by class</source>
        <translation>Statistik je Klasse</translation>
    </message>
    <message>
        <location filename="../plugin/processing/status.py"/>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <location filename="../plugin/processing/status.py"/>
        <source>Status (JSON)</source>
        <translation>Status (JSON)</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>Stopped. Nothing was kept; ask again whenever you like.</source>
        <translation>Angehalten. Nichts wurde behalten; fragen Sie jederzeit wieder.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>Stopped. Run it again with the same layers, and it goes on from here.</source>
        <translation>Angehalten. Mit denselben Layern erneut gestartet, geht es von hier weiter.</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_style.py"/>
        <source>Storage tank</source>
        <translation>Lagertank</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Stricter to looser</source>
        <translation>Strenger bis lockerer</translation>
    </message>
    <message>
        <location filename="../plugin/processing/prepare_second_pair.py"/>
        <source>Such pixels look like unchanged ones in SECOND's form. Their share is in the index of tiles.</source>
        <translation>Solche Pixel sehen bei SECOND wie unveränderte aus. Ihr Anteil steht im Verzeichnis der Kacheln.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/classify.py"/>
        <source>Summary (JSON)</source>
        <translation>Zusammenfassung (JSON)</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_style.py"/>
        <source>Swimming pool</source>
        <translation>Schwimmbecken</translation>
    </message>
    <message>
        <location filename="../plugin/processing/time_series.py"/>
        <source>Table of periods</source>
        <translation>Tabelle der Zeiträume</translation>
    </message>
    <message>
        <location filename="../plugin/processing/transition_output.py"/>
        <source>Table of transitions</source>
        <translation>Tabelle der Übergänge</translation>
    </message>
    <message>
        <location filename="../plugin/core/mask_target.py"/>
        <source>Take {label}</source>
        <translation>{label} übernehmen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/polygon_options.py"/>
        <source>Takes pixels away before outlines are drawn: a thin bridge between two objects parts them. The fields pixels and area_m2 are of what is left.</source>
        <translation>Nimmt Pixel weg, bevor Umrisse gezeichnet werden: Eine dünne Brücke zwischen zwei Objekten wird getrennt. Die Felder pixels und area_m2 gelten für das, was bleibt.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Teach a class from polygons</source>
        <translation>Eine Klasse aus Polygonen lehren</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Teaches the model a class that it does not know, such as “greenhouse”, from polygons over a raster. Minutes later the chat answers how many there are, where, and outlines them. Everything inside the labelled area that is in no polygon counts as something else, so map every one there. Blocks of ground are held back: the figures in the report and in every answer come from them. The class is learned on this computer and kept in your profile; the options page lists and removes it.</source>
        <translation>Lehrt das Modell eine Klasse, die es nicht kennt, wie „greenhouse“, aus Polygonen über einem Raster. Minuten später antwortet der Chat, wie viele es gibt und wo, und umreißt sie. Alles in der kartierten Fläche, was in keinem Polygon liegt, zählt als etwas anderes; kartieren Sie dort also jedes Objekt. Blöcke von Boden werden zurückgehalten: die Messwerte im Bericht und in jeder Antwort stammen von ihnen. Die Klasse wird auf diesem Rechner gelernt und in Ihrem Profil behalten; die Optionen führen sie auf und entfernen sie.</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_style.py"/>
        <source>Tennis court</source>
        <translation>Tennisplatz</translation>
    </message>
    <message>
        <location filename="../plugin/core/layers.py"/>
        <source>Terralogue</source>
        <translation>Terralogue</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/report_flow.py"/>
        <source>Terralogue {version} · {title}</source>
        <translation>Terralogue {version} · {title}</translation>
    </message>
    <message>
        <location filename="../plugin/core/ask_task.py"/>
        <source>Terralogue: answering</source>
        <translation>Terralogue: antwortet</translation>
    </message>
    <message>
        <location filename="../plugin/core/knowledge_build.py"/>
        <source>Terralogue: building a knowledge base</source>
        <translation>Terralogue: erstellt eine Wissensbasis</translation>
    </message>
    <message>
        <location filename="../plugin/core/model_store.py"/>
        <source>Terralogue: downloading {name}</source>
        <translation>Terralogue: lädt {name} herunter</translation>
    </message>
    <message>
        <location filename="../plugin/core/estimates.py"/>
        <source>Terralogue: estimating</source>
        <translation>Terralogue: schätzt</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_work.py"/>
        <source>Terralogue: finding</source>
        <translation>Terralogue: sucht</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_work.py"/>
        <source>Terralogue: heat</source>
        <translation>Terralogue: berechnet die Heatmap</translation>
    </message>
    <message>
        <location filename="../plugin/core/model_store.py"/>
        <source>Terralogue: importing {name}</source>
        <translation>Terralogue: importiert {name}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_work.py"/>
        <source>Terralogue: indexing</source>
        <translation>Terralogue: indiziert</translation>
    </message>
    <message>
        <location filename="../plugin/core/package_task.py"/>
        <source>Terralogue: installing packages</source>
        <translation>Terralogue: installiert Pakete</translation>
    </message>
    <message>
        <location filename="../plugin/core/mask_desk.py"/>
        <source>Terralogue: looking at this place</source>
        <translation>Terralogue: betrachtet diesen Ort</translation>
    </message>
    <message>
        <location filename="../plugin/gui/find/find_work.py"/>
        <source>Terralogue: pictures</source>
        <translation>Terralogue: lädt Bilder</translation>
    </message>
    <message>
        <location filename="../plugin/core/model_store.py"/>
        <source>Terralogue: trying {name}</source>
        <translation>Terralogue: prüft {name}</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>That is {times} times as much of {name} as one question may fetch. Choose a smaller region.</source>
        <translation>Das ist das {times}-Fache dessen, was eine Frage von {name} laden darf. Wählen Sie ein kleineres Gebiet.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>That lies outside {name}. Point inside it, or choose another source.</source>
        <translation>Das liegt außerhalb von {name}. Zeigen Sie hinein oder wählen Sie eine andere Quelle.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The Python package {name} is missing, which converting needs. Convert it elsewhere and import the folder.</source>
        <translation>Das Python-Paket {name} fehlt, das zum Umwandeln nötig ist. Wandeln Sie das Modell anderswo um und importieren Sie den Ordner.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The Python package {name} is missing. Install the core packages in the Terralogue panel.</source>
        <translation>Das Python-Paket {name} fehlt. Installieren Sie die Grundpakete im Terralogue-Bedienfeld.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The archive {name} was not unpacked: it is damaged or unsafe. Fetch it again.</source>
        <translation>Das Archiv {name} wurde nicht entpackt: Es ist beschädigt oder unsicher. Laden Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>The base could not be written. Free some space or choose another folder.</source>
        <translation>Die Wissensbasis konnte nicht geschrieben werden. Schaffen Sie Platz oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>The class could not be written. Free some space or choose another folder.</source>
        <translation>Die Klasse konnte nicht geschrieben werden. Schaffen Sie Platz oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/series_tables.py"/>
        <source>The dates</source>
        <translation>Die Zeitpunkte</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The encoder {name} is incomplete or was changed. Convert its weights again.</source>
        <translation>Der Encoder {name} ist unvollständig oder wurde verändert. Wandeln Sie seine Gewichte noch einmal um.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>The extent of the polygons is taken as labelled completely.</source>
        <translation>Die Ausdehnung der Polygone gilt als vollständig kartiert.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask_knowledge.py"/>
        <source>The feature at this point is meant by “this” and “here”.</source>
        <translation>Das Objekt an diesem Punkt ist mit „this“ und „here“ gemeint.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The folder for {name} does not exist. Choose another folder.</source>
        <translation>Den Ordner für {name} gibt es nicht. Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../plugin/core/tile_index.py"/>
        <source>The index of tiles could not be written. Free some space or choose another folder.</source>
        <translation>Das Verzeichnis der Kacheln konnte nicht geschrieben werden. Schaffen Sie Platz oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The index {name} is damaged or was copied in part. Make it again.</source>
        <translation>Der Index {name} ist beschädigt oder wurde nur teilweise kopiert. Erstellen Sie ihn neu.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The index {name} was made by {model}, which is not the model in use. Make it again.</source>
        <translation>Der Index {name} stammt von {model}, das nicht das benutzte Modell ist. Erstellen Sie ihn neu.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The layer has no coordinate reference system, which {name} needs. Set it in its properties.</source>
        <translation>Der Layer hat kein Koordinatenbezugssystem, das {name} aber braucht. Legen Sie es in seinen Eigenschaften fest.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>The layer has no polygons. Choose another layer.</source>
        <translation>Der Layer hat keine Polygone. Wählen Sie einen anderen Layer.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The layer is too large for {name}. Export to GeoPackage instead.</source>
        <translation>Der Layer ist zu groß für {name}. Exportieren Sie stattdessen in ein GeoPackage.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>The layers are complete</source>
        <translation>Die Layer sind vollständig</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>The layers may be incomplete: no numbers, shares or absence are asked about.</source>
        <translation>Die Layer sind vielleicht unvollständig: Nach Anzahlen, Anteilen und Fehlendem wird nicht gefragt.</translation>
    </message>
    <message>
        <location filename="../plugin/core/change_ground.py"/>
        <source>The layers name no class. Choose a class field or other layers.</source>
        <translation>Die Layer nennen keine Klasse. Wählen Sie ein Klassenfeld oder andere Layer.</translation>
    </message>
    <message>
        <location filename="../plugin/core/change_ground.py"/>
        <source>The layers of both dates have no class in common. Give a class field, or one class name for all of them.</source>
        <translation>Die Layer beider Zeitpunkte haben keine gemeinsame Klasse. Geben Sie ein Klassenfeld an oder einen Klassennamen für alle.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The list of models is damaged. Reinstall the plugin to restore it.</source>
        <translation>Die Liste der Modelle ist beschädigt. Installieren Sie die Erweiterung neu, um sie wiederherzustellen.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>The mean of each band inside a polygon, or the value under a point, becomes known.</source>
        <translation>Der Mittelwert jedes Kanals in einem Polygon oder der Wert unter einem Punkt wird bekannt.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/chapters.py"/>
        <source>The measured values of this answer do not have the usual form; they are listed as they are.</source>
        <translation>Die gemessenen Werte dieser Antwort haben nicht die übliche Form; sie sind aufgelistet, wie sie sind.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The model file {name} is damaged and was not loaded. Reinstall the plugin to restore it.</source>
        <translation>Die Modelldatei {name} ist beschädigt und wurde nicht geladen. Installieren Sie die Erweiterung neu, um sie wiederherzustellen.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The model file {name} is missing. Reinstall the plugin to restore it.</source>
        <translation>Die Modelldatei {name} fehlt. Installieren Sie die Erweiterung neu, um sie wiederherzustellen.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The model {name} cannot be used. Reinstall the plugin to restore it.</source>
        <translation>Das Modell {name} ist nicht benutzbar. Installieren Sie die Erweiterung neu, um es wiederherzustellen.</translation>
    </message>
    <message>
        <location filename="../plugin/core/report/drawing.py"/>
        <source>The objects are too many to be drawn here; the layer has them all.</source>
        <translation>Es sind zu viele Objekte, um sie hier zu zeichnen; der Layer enthält sie alle.</translation>
    </message>
    <message>
        <location filename="../plugin/core/outline_words.py"/>
        <source>The outlines do not follow pixels and were left as they are.</source>
        <translation>Die Umrisse folgen keinen Pixeln und blieben, wie sie sind.</translation>
    </message>
    <message>
        <location filename="../plugin/core/outline_words.py"/>
        <source>The outlines' area is {total} % off that of the masks, of the worst one {worst} %.</source>
        <translation>Die Fläche der Umrisse weicht um {total} % von der der Masken ab, beim schlechtesten um {worst} %.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>The overlap must be smaller than a chip. Choose a smaller one.</source>
        <translation>Die Überlappung muss kleiner als ein Ausschnitt sein. Wählen Sie eine kleinere.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/chapters.py"/>
        <source>The pixels are of a size that the model was not trained for; nothing was counted.</source>
        <translation>Für Pixel dieser Größe ist das Modell nicht trainiert; gezählt wurde nichts.</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning.py"/>
        <source>The polygons of {layer} are too small to be seen on {raster}. Choose a finer raster.</source>
        <translation>Die Polygone von {layer} sind auf {raster} zu klein, um gesehen zu werden. Wählen Sie ein feineres Raster.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The project was closed meanwhile, so nothing was added. Open it and ask again.</source>
        <translation>Das Projekt wurde inzwischen geschlossen, deshalb wurde nichts hinzugefügt. Öffnen Sie es und fragen Sie noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>The raster of the heat is not in this index. Index it first.</source>
        <translation>Das Raster der Heatmap ist nicht in diesem Index. Indizieren Sie es zuerst.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/layout_flow.py"/>
        <source>The region asked about</source>
        <translation>Das Gebiet der Frage</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/pair_tables.py"/>
        <source>The same in pixels (share of what is known)</source>
        <translation>Dasselbe in Pixeln (Anteil am Bekannten)</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>The same seed gives the same class.</source>
        <translation>Der gleiche Startwert ergibt die gleiche Klasse.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/split_parameters.py"/>
        <source>The same seed gives the same files.</source>
        <translation>Derselbe Startwert ergibt dieselben Dateien.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/feature_output.py"/>
        <source>The scores could not be written. Choose a name that ends in .tif.</source>
        <translation>Die Werte konnten nicht geschrieben werden. Wählen Sie einen Namen, der auf .tif endet.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The server does not give {name} away. Open its page, fetch it there and import the file.</source>
        <translation>Der Server gibt {name} nicht heraus. Öffnen Sie die Seite des Modells, laden Sie es dort und importieren Sie die Datei.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The server of {name} did not answer. Check the connection and the layer's address, then ask again.</source>
        <translation>Der Server von {name} hat nicht geantwortet. Prüfen Sie die Verbindung und die Adresse des Layers und fragen Sie noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The server of {name} did not prove who it is, so nothing was fetched. Check QGIS's certificates.</source>
        <translation>Der Server von {name} hat sich nicht ausgewiesen, deshalb wurde nichts geladen. Prüfen Sie die Zertifikate von QGIS.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The server of {name} is busy. Try again later; it goes on where it stopped.</source>
        <translation>Der Server von {name} ist überlastet. Versuchen Sie es später noch einmal; es geht dort weiter, wo es aufhörte.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The server of {name} led to another place, which was not followed. Import the file instead.</source>
        <translation>Der Server von {name} verwies an einen anderen Ort; dem wurde nicht gefolgt. Importieren Sie stattdessen die Datei.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/run_model.py"/>
        <source>The threshold of {name} is not a number from 0 to 1. Write it as “roof=0.7”.</source>
        <translation>Die Schwelle von {name} ist keine Zahl von 0 bis 1. Schreiben Sie sie wie „roof=0.7“.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The tuned class {name} is damaged and was not loaded. Tune it again or remove it in the options.</source>
        <translation>Die gelernte Klasse {name} ist beschädigt und wurde nicht geladen. Lehren Sie sie neu oder entfernen Sie sie in den Optionen.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The two dates show different places. Choose two layers that overlap, or a region inside both.</source>
        <translation>Die zwei Zeitpunkte zeigen verschiedene Orte. Wählen Sie zwei Layer, die sich überlappen, oder ein Gebiet in beiden.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>The weights of {name} could run code, so they were not opened. Take the .safetensors of that model.</source>
        <translation>Die Gewichte von {name} könnten Code ausführen und wurden deshalb nicht geöffnet. Nehmen Sie die .safetensors dieses Modells.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/find_alike.py"/>
        <source>There are more than {number} examples. Select the most telling, or teach a class from them.</source>
        <translation>Es gibt mehr als {number} Beispiele. Wählen Sie die aussagekräftigsten oder lehren Sie daraus eine Klasse.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>There are no objects to export to {name}. Ask for something that is there first.</source>
        <translation>Es gibt keine Objekte für {name}. Fragen Sie zuerst nach etwas, das da ist.</translation>
    </message>
    <message>
        <location filename="../plugin/core/training_build.py"/>
        <source>There are too many places for chips. Choose a smaller overlap.</source>
        <translation>Es gibt zu viele Stellen für Ausschnitte. Wählen Sie eine kleinere Überlappung.</translation>
    </message>
    <message>
        <location filename="../plugin/core/pair_tiles.py"/>
        <source>There are too many places for tiles. Choose larger tiles or pixels.</source>
        <translation>Es gibt zu viele Plätze für Kacheln. Wählen Sie größere Kacheln oder Pixel.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>There is a tuned class of that name. Choose another, or tick that it is replaced.</source>
        <translation>Es gibt eine gelernte Klasse dieses Namens. Wählen Sie einen anderen, oder kreuzen Sie an, dass sie ersetzt wird.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/index_imagery.py"/>
        <source>There is no imagery in this folder. Choose another one.</source>
        <translation>In diesem Ordner sind keine Bilddaten. Wählen Sie einen anderen.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/every_object.py"/>
        <source>There is no mask engine {name}. Choose one of: {names}.</source>
        <translation>Es gibt kein Maskenmodell {name}. Wählen Sie eines von: {names}.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/map_scenes.py"/>
        <source>There is no picture of the map: its extent is not known any more.</source>
        <translation>Es gibt kein Bild der Karte: Ihre Ausdehnung ist nicht mehr bekannt.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/map_scenes.py"/>
        <source>There is no picture of the map: its layers are no longer in the project.</source>
        <translation>Es gibt kein Bild der Karte: Ihre Layer sind nicht mehr im Projekt.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/map_scenes.py"/>
        <source>There is no picture “{title}”: its layer is no longer in the project.</source>
        <translation>Es gibt kein Bild „{title}“: Sein Layer ist nicht mehr im Projekt.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>There is not enough free memory for {name}. Close other programs, or choose a smaller region.</source>
        <translation>Für {name} ist nicht genug Arbeitsspeicher frei. Schließen Sie andere Programme oder wählen Sie ein kleineres Gebiet.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>There is not enough memory for this. Choose a smaller region and try again.</source>
        <translation>Dafür reicht der Arbeitsspeicher nicht. Wählen Sie ein kleineres Gebiet und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>There is nothing to know in {name}. Choose layers with attributes, or documents.</source>
        <translation>In {name} gibt es nichts zu wissen. Wählen Sie Layer mit Attributen oder Dokumente.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>These are too many objects to edit {name} with. Add them as a new layer instead.</source>
        <translation>Das sind zu viele Objekte, um {name} damit zu bearbeiten. Fügen Sie sie stattdessen als neuen Layer hinzu.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/knowledge/citation_places.py"/>
        <source>This document is not opened from here.</source>
        <translation>Dieses Dokument wird von hier aus nicht geöffnet.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>This needs {needed} MB of disk and {free} MB are free. Free some space or choose a smaller region.</source>
        <translation>Das braucht {needed} MB Speicherplatz, {free} MB sind frei. Schaffen Sie Platz oder wählen Sie ein kleineres Gebiet.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/feature_output.py"/>
        <source>This run made no scores. Leave the scores output empty and run it again.</source>
        <translation>Bei diesem Lauf entstanden keine Werte. Lassen Sie die Ausgabe der Werte leer und starten Sie ihn noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <location filename="../plugin/processing/find_alike.py"/>
        <source>Threshold {value}</source>
        <translation>Schwelle {value}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Thresholds</source>
        <translation>Schwellen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/index_imagery.py"/>
        <source>Throw away what is in the folder, for instance after the model was updated.</source>
        <translation>Verwirft, was im Ordner ist, etwa nach einer Aktualisierung des Modells.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/classify.py"/>
        <source>Tile size (pixels)</source>
        <translation>Kachelgröße (Pixel)</translation>
    </message>
    <message>
        <location filename="../plugin/processing/classify.py"/>
        <source>Tiles</source>
        <translation>Kacheln</translation>
    </message>
    <message>
        <location filename="../plugin/processing/index_imagery.py"/>
        <source>Tiles that had not changed</source>
        <translation>Unveränderte Kacheln</translation>
    </message>
    <message>
        <location filename="../plugin/processing/classify.py"/>
        <source>Tiles that look alike get the same class more often (TransCLIP). Best with a hundred tiles or more.</source>
        <translation>Kacheln, die sich ähneln, bekommen öfter dieselbe Klasse (TransCLIP). Am besten ab hundert Kacheln.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/index_imagery.py"/>
        <source>Tiles that were looked at</source>
        <translation>Betrachtete Kacheln</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Tiles to learn, choose and measure</source>
        <translation>Kacheln zum Lernen, Wählen und Messen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/series_tables.py"/>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/model_rows.py"/>
        <source>To download</source>
        <translation>Zu laden</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/model_rows.py"/>
        <source>To import</source>
        <translation>Zu importieren</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Together</source>
        <translation>Zusammen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/change.py"/>
        <source>Transitions (JSON)</source>
        <translation>Übergänge (JSON)</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_style.py"/>
        <source>Tree</source>
        <translation>Baum</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>Tuned: {name}</source>
        <translation>Gelernt: {name}</translation>
    </message>
    <message>
        <location filename="../plugin/core/change_ground.py"/>
        <source>Two classes of the layers have one name in English. Rename one of them.</source>
        <translation>Zwei Klassen der Layer haben denselben englischen Namen. Benennen Sie eine um.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/split_parameters.py"/>
        <source>Validation and test leave nothing to train on. Choose smaller shares.</source>
        <translation>Validierung und Test lassen nichts zum Trainieren übrig. Wählen Sie kleinere Anteile.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/other_values.py"/>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>Vector layers</source>
        <translation>Vektorlayer</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Vector layers or rasters of class codes. What they do not share has changed.</source>
        <translation>Vektorlayer oder Raster aus Klassennummern. Was sie nicht gemeinsam haben, hat sich geändert.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>Vector layers, and tables such as CSV or Excel sheets that QGIS has opened.</source>
        <translation>Vektorlayer und Tabellen wie CSV- oder Excel-Blätter, die QGIS geöffnet hat.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/cell_tables.py"/>
        <source>W</source>
        <translation>W</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_style.py"/>
        <source>Water</source>
        <translation>Wasser</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/pair_tables.py"/>
        <source>Went</source>
        <translation>Gegangen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/place_table.py"/>
        <source>West, south, east, north</source>
        <translation>West, Süd, Ost, Nord</translation>
    </message>
    <message>
        <location filename="../plugin/core/layers.py"/>
        <source>What became of what, summed over the polygons that {model} found in {source}.</source>
        <translation>Was woraus wurde, summiert über die Polygone, die {model} in {source} gefunden hat.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/pair_tables.py"/>
        <source>What became what</source>
        <translation>Was wurde woraus</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/series_tables.py"/>
        <source>What became what, {period}</source>
        <translation>Was wurde woraus, {period}</translation>
    </message>
    <message>
        <location filename="../plugin/core/pair_tiles.py"/>
        <source>What both dates of {name} share is smaller than a tile. Choose smaller tiles.</source>
        <translation>Was beide Zeitpunkte von {name} gemeinsam haben, ist kleiner als eine Kachel. Wählen Sie kleinere Kacheln.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask.py"/>
        <source>What is here?</source>
        <translation>What is here?</translation>
    </message>
    <message>
        <location filename="../plugin/processing/cover_parameters.py"/>
        <source>What is known of the ground is believed more than what is seen there. Polygons lie over rasters.</source>
        <translation>Was vom Boden bekannt ist, gilt mehr als das, was dort gesehen wird. Polygone liegen über Rastern.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>What is said</source>
        <translation>Was gesagt wird</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>What the place looks like as a whole</source>
        <translation>Wonach der Ort im Ganzen aussieht</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>What to look for</source>
        <translation>Wonach gesucht wird</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>What touches counts as one. Blocks of ground that were measured on were not learned from.</source>
        <translation>Was sich berührt, zählt als eins. Von Blöcken, auf denen gemessen wurde, wurde nicht gelernt.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>What values or classes are called in English, in the singular: 1=road; 2=building; tree=-. A “-” leaves one out.</source>
        <translation>Wie Werte oder Klassen auf Englisch heißen, in der Einzahl: 1=road; 2=building; tree=-. Ein „-“ lässt sie weg.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>What was left out, and why, is in the counts and in the footprints.</source>
        <translation>Was ausgelassen wurde und warum, steht in den Anzahlen und in den Umrissen.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>What was left out, and why, is in the counts and in the index of tiles.</source>
        <translation>Was warum weggelassen wurde, steht in den Zahlen und im Verzeichnis der Kacheln.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask_knowledge.py"/>
        <source>What “this” and “here” mean, and where is counted. Empty: everywhere.</source>
        <translation>Was „this“ und „here“ bedeuten und wo gezählt wird. Leer: überall.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>Where every one was mapped. Empty: the extent of the polygons. Ground outside is not learned from.</source>
        <translation>Wo jedes Objekt kartiert ist. Leer: die Ausdehnung der Polygone. Von Boden außerhalb wird nicht gelernt.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/pair_tables.py"/>
        <source>Where it came and went (each row adds up to 100 %)</source>
        <translation>Wo es kam und ging (jede Zeile ergibt 100 %)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/pair_tables.py"/>
        <source>Where it changed (adds up to 100 %)</source>
        <translation>Wo es sich geändert hat (ergibt 100 %)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Where it lies (each row adds up to 100 %)</source>
        <translation>Wo es liegt (jede Zeile ergibt 100 %)</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>Where it lies: {cover}</source>
        <translation>Wo es liegt: {cover}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/provenance_table.py"/>
        <source>Where it ran</source>
        <translation>Gelaufen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask_knowledge.py"/>
        <source>Whether the base says it</source>
        <translation>Ob die Wissensbasis es sagt</translation>
    </message>
    <message>
        <location filename="../plugin/processing/cover_parameters.py"/>
        <source>Which land cover a value is: 1=tree; lake=water; lot=paved. A “-” leaves a value out.</source>
        <translation>Welche Landbedeckung ein Wert ist: 1=tree; lake=water; lot=paved. Ein „-“ lässt den Wert weg.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/prepare_second_pair.py"/>
        <source>Which of SECOND's classes a value is: 1=tree; lake=water; car park=non-vegetated ground. A “-” leaves a value out.</source>
        <translation>Welche Klasse von SECOND ein Wert ist: 1=tree; lake=water; car park=non-vegetated ground. Ein „-“ lässt den Wert weg.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>Width of lines and points (m)</source>
        <translation>Breite von Linien und Punkten (m)</translation>
    </message>
    <message>
        <location filename="../plugin/processing/classify.py"/>
        <source>With an overlap the map is finer: each cell is named by all tiles that hold its middle.</source>
        <translation>Mit Überlappung wird die Karte feiner: Jede Zelle benennen alle Kacheln, die ihre Mitte enthalten.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>Words in English. May be empty when an example is given.</source>
        <translation>Wörter auf Englisch. Darf leer bleiben, wenn ein Beispiel angegeben ist.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/segment.py"/>
        <source>Words in English. May be empty when points or boxes are given.</source>
        <translation>Wörter auf Englisch. Darf leer bleiben, wenn Punkte oder Rechtecke angegeben sind.</translation>
    </message>
    <message>
        <location filename="../plugin/core/training_build.py"/>
        <source>Writing the files</source>
        <translation>Dateien werden geschrieben</translation>
    </message>
    <message>
        <location filename="../plugin/core/dialogue_build.py"/>
        <source>Writing the tiles</source>
        <translation>Schreibe die Kacheln</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/voice_text.py"/>
        <source>as set in the options</source>
        <translation>wie in den Optionen eingestellt</translation>
    </message>
    <message>
        <location filename="../plugin/processing/caption.py"/>
        <source>brief: one or two sentences. detailed: a paragraph with counts, areas and places. metadata: five captions from pixels and the layer's metadata, with a GAIA record in the facts.</source>
        <translation>kurz: ein oder zwei Sätze. ausführlich: ein Absatz mit Anzahlen, Flächen und Orten. metadata: fünf Bildunterschriften aus Pixeln und den Metadaten des Layers, mit einem GAIA-Datensatz in den Fakten.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/caption.py"/>
        <source>caption,description,text,land cover,remote sensing,imagery</source>
        <translation>Bildunterschrift,Beschreibung,Text,Landbedeckung,Fernerkundung,Bilddaten</translation>
    </message>
    <message>
        <location filename="../plugin/processing/change.py"/>
        <source>change detection,difference,before,after,transition,remote sensing,imagery</source>
        <translation>Veränderung,Unterschied,vorher,nachher,Übergang,Fernerkundung,Bilddaten</translation>
    </message>
    <message>
        <location filename="../plugin/processing/classify.py"/>
        <source>classify,classes,zero-shot,tiles,scene,land use,label,remote sensing,imagery</source>
        <translation>klassifizieren,Klassen,Zero-Shot,Kacheln,Szene,Landnutzung,Bezeichnung,Fernerkundung,Bilddaten</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>declined</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/voice_text.py"/>
        <source>each was read back and agrees with the facts</source>
        <translation>jeder wurde nachgelesen und stimmt mit den Messwerten überein</translation>
    </message>
    <message>
        <location filename="../plugin/core/knowledge_state.py"/>
        <source>edited since the base was built</source>
        <translation>seit dem Erstellen der Wissensbasis bearbeitet</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/voice_text.py"/>
        <source>for most of the ground the cover cannot be told</source>
        <translation>für den größten Teil des Bodens ist die Bedeckung nicht zu erkennen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/index_imagery.py"/>
        <source>index,search,embedding,tiles,retrieval,similar,remote sensing,imagery</source>
        <translation>Index,Suche,Embedding,Kacheln,Wiederfinden,ähnlich,Fernerkundung,Bilddaten</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/voice_text.py"/>
        <source>it is about a class that you taught</source>
        <translation>es geht um eine Klasse, die Sie beigebracht haben</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>knowledge,documents,attributes,search,retrieval,RAG,PDF,citation</source>
        <translation>Wissen,Dokumente,Attribute,Suche,Wiederfinden,RAG,PDF,Beleg</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask_knowledge.py"/>
        <source>knowledge,question,answer,citation,documents,attributes,RAG</source>
        <translation>Wissen,Frage,Antwort,Beleg,Dokumente,Attribute,RAG</translation>
    </message>
    <message>
        <location filename="../plugin/processing/segment.py"/>
        <source>mask,segmentation,extract,building,tree,water,polygons,remote sensing,imagery</source>
        <translation>Maske,Segmentierung,extrahieren,Gebäude,Baum,Wasser,Polygone,Fernerkundung,Bilddaten</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>nothing like it</source>
        <translation>nichts Ähnliches</translation>
    </message>
    <message>
        <location filename="../plugin/core/mask_target.py"/>
        <source>object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <location filename="../plugin/processing/run_model.py"/>
        <source>onnx,deepness,model zoo,yolo,detector,segmentation,deep learning,inference,own model</source>
        <translation>onnx,deepness,Modellsammlung,yolo,Detektor,Segmentierung,Deep Learning,Inferenz,eigenes Modell</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/voice_text.py"/>
        <source>places are ranked, not described</source>
        <translation>Orte werden gereiht, nicht beschrieben</translation>
    </message>
    <message>
        <location filename="../plugin/processing/ask.py"/>
        <source>question,answer,chat,count,where,area,remote sensing,imagery</source>
        <translation>Frage,Antwort,Chat,zählen,wo,Fläche,Fernerkundung,Bilddaten</translation>
    </message>
    <message>
        <location filename="../plugin/processing/status.py"/>
        <source>ready,version,packages,model,provider,help</source>
        <translation>bereit,Version,Pakete,Modell,Anbieter,Hilfe</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>search,find,similar,retrieval,text,heat map,localisation,remote sensing,imagery</source>
        <translation>suchen,finden,ähnlich,Wiederfinden,Text,Heatmap,Ortung,Fernerkundung,Bilddaten</translation>
    </message>
    <message>
        <location filename="../plugin/processing/find_alike.py"/>
        <source>similar,example,alike,few-shot,extract,polygons,remote sensing,imagery</source>
        <translation>ähnlich,Beispiel,gleichartig,Few-Shot,extrahieren,Polygone,Fernerkundung,Bilddaten</translation>
    </message>
    <message>
        <location filename="../plugin/core/tuning_report.py"/>
        <source>taken for {cover}</source>
        <translation>gehalten für {cover}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/answer_record.py"/>
        <source>temporary layer</source>
        <translation>temporärer Layer</translation>
    </message>
    <message>
        <location filename="../plugin/core/knowledge_state.py"/>
        <source>the document is no longer there</source>
        <translation>das Dokument ist nicht mehr da</translation>
    </message>
    <message>
        <location filename="../plugin/core/knowledge_state.py"/>
        <source>the feature is no longer there</source>
        <translation>das Objekt ist nicht mehr da</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/voice_text.py"/>
        <source>the language model's files are missing</source>
        <translation>die Dateien des Sprachmodells fehlen</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>the layer</source>
        <translation>der Layer</translation>
    </message>
    <message>
        <location filename="../plugin/core/knowledge_state.py"/>
        <source>the layer is not in this project</source>
        <translation>der Layer ist nicht in diesem Projekt</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/voice_text.py"/>
        <source>the question asks about a part, by size, rank or place</source>
        <translation>die Frage gilt einem Teil, nach Größe, Rang oder Ort</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/voice_text.py"/>
        <source>there is no language model</source>
        <translation>es gibt kein Sprachmodell</translation>
    </message>
    <message>
        <location filename="../plugin/processing/time_series.py"/>
        <source>time series,change detection,history,dates,first change,remote sensing,imagery</source>
        <translation>Zeitreihe,Veränderung,Geschichte,Zeitpunkte,erste Veränderung,Fernerkundung,Luftbild</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/view_tables.py"/>
        <source>touching</source>
        <translation>berührt sich</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_change_dialogues.py"/>
        <source>training,dataset,change detection,dialogues,captions,questions,ChangeChat,LEVIR-CC</source>
        <translation>Training,Datensatz,Änderungserkennung,Dialoge,Bildunterschriften,Fragen,ChangeChat,LEVIR-CC</translation>
    </message>
    <message>
        <location filename="../plugin/processing/prepare_second_pair.py"/>
        <source>training,dataset,change detection,land cover,transition,captions,SECOND,SECOND-CC</source>
        <translation>Training,Datensatz,Änderungserkennung,Landbedeckung,Übergang,Bildunterschriften,SECOND,SECOND-CC</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>training,dataset,chips,captions,questions,LLaVA,GAIA,SkyScript,annotation</source>
        <translation>Training,Datensatz,Ausschnitte,Bildunterschriften,Fragen,LLaVA,GAIA,SkyScript,Annotation</translation>
    </message>
    <message>
        <location filename="../plugin/processing/tune_nano.py"/>
        <source>tune,train,class,adapter,learn,fine-tuning,greenhouse,vineyard,remote sensing,imagery</source>
        <translation>lehren,trainieren,Klasse,Adapter,lernen,Feinabstimmung,Gewächshaus,Weinberg,Fernerkundung,Luftbild</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/voice_text.py"/>
        <source>what the model wrote does not answer the question</source>
        <translation>was das Modell schrieb, beantwortet die Frage nicht</translation>
    </message>
    <message>
        <location filename="../plugin/core/report/ground.py"/>
        <source>x {west} to {east}, y {south} to {north}</source>
        <translation>x {west} bis {east}, y {south} bis {north}</translation>
    </message>
    <message>
        <location filename="../plugin/core/outline_words.py"/>
        <source>{count} have no right angles, because none would lie close to their mask.</source>
        <translation>{count} haben keine rechten Winkel, weil damit keiner nah an seiner Maske läge.</translation>
    </message>
    <message>
        <location filename="../plugin/core/outline_words.py"/>
        <source>{count} have no right angles, because they share an edge with a neighbour.</source>
        <translation>{count} haben keine rechten Winkel, weil sie eine Kante mit einem Nachbarn teilen.</translation>
    </message>
    <message>
        <location filename="../plugin/core/outline_words.py"/>
        <source>{count} have no right angles, because they would reach into a neighbour.</source>
        <translation>{count} haben keine rechten Winkel, weil sie sonst in einen Nachbarn ragten.</translation>
    </message>
    <message>
        <location filename="../plugin/core/outline_words.py"/>
        <source>{count} holes were filled.</source>
        <translation>{count} Löcher wurden gefüllt.</translation>
    </message>
    <message>
        <location filename="../plugin/core/export_fields.py"/>
        <source>{count} numbers of “{name}” have more digits than a Shapefile keeps exactly.</source>
        <translation>{count} Zahlen von „{name}“ haben mehr Stellen, als ein Shapefile genau behält.</translation>
    </message>
    <message>
        <location filename="../plugin/core/outline_words.py"/>
        <source>{count} of {all} outlines were simplified: {after} corners instead of {before}.</source>
        <translation>{count} von {all} Umrissen wurden vereinfacht: {after} Ecken statt {before}.</translation>
    </message>
    <message>
        <location filename="../plugin/core/outline_words.py"/>
        <source>{count} outlines have right angles; they cover {share} % of what they and their masks cover together.</source>
        <translation>{count} Umrisse haben rechte Winkel; sie decken {share} % dessen, was sie und ihre Masken zusammen decken.</translation>
    </message>
    <message>
        <location filename="../plugin/core/export_fields.py"/>
        <source>{count} texts of “{name}” were cut to 254 bytes.</source>
        <translation>{count} Texte von „{name}“ wurden auf 254 Byte gekürzt.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/pair_tables.py"/>
        <source>{cover} came</source>
        <translation>{cover} gekommen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/pair_tables.py"/>
        <source>{cover} went</source>
        <translation>{cover} gegangen</translation>
    </message>
    <message>
        <location filename="../plugin/core/running_on.py"/>
        <source>{device} – {reason}</source>
        <translation>{device} – {reason}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/provenance_table.py"/>
        <source>{low} to {high}</source>
        <translation>{low} bis {high}</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} asks for a program of its own, which is never run. Choose a model that needs none.</source>
        <translation>{name} verlangt ein eigenes Programm, das nie ausgeführt wird. Wählen Sie ein Modell, das keines braucht.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} cannot be converted here. Install torch and segment-anything, or choose an ONNX model.</source>
        <translation>{name} lässt sich hier nicht umwandeln. Installieren Sie torch und segment-anything oder wählen Sie ein ONNX-Modell.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} cannot be drawn as an image. Choose a raster, web, vector or mesh layer.</source>
        <translation>{name} lässt sich nicht als Bild zeichnen. Wählen Sie einen Raster-, Web-, Vektor- oder Meshlayer.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} cannot be edited now; another program may be using it. Close it there, or choose a new layer.</source>
        <translation>{name} lässt sich gerade nicht bearbeiten; vielleicht benutzt es ein anderes Programm. Schließen Sie es dort oder wählen Sie einen neuen Layer.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} cannot be stored under the profile's folder. Choose a profile with a shorter path.</source>
        <translation>{name} lässt sich im Ordner des Profils nicht speichern. Wählen Sie ein Profil mit kürzerem Pfad.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} cannot be used: {reason}. Repair it, leave it out, or build anew.</source>
        <translation>{name} ist nicht benutzbar: {reason}. Reparieren Sie es, lassen Sie es weg oder erstellen Sie neu.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} cannot be written beside the project. Save the project elsewhere, or change the settings.</source>
        <translation>{name} kann nicht neben dem Projekt gespeichert werden. Das Projekt woanders speichern oder die Einstellungen ändern.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} cannot be written there. Choose a folder you may write to.</source>
        <translation>{name} kann dort nicht geschrieben werden. Wählen Sie einen Ordner, in den Sie schreiben dürfen.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} cannot be written to the profile's folder. Allow writing there, then try again.</source>
        <translation>{name} lässt sich nicht in den Ordner des Profils schreiben. Erlauben Sie dort das Schreiben und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/core/dialogue_build.py"/>
        <source>{name} changed while it was read. Run it again.</source>
        <translation>{name} hat sich beim Lesen verändert. Starten Sie noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} could not be written whole, so nothing was kept. Free some space and try again.</source>
        <translation>{name} konnte nicht vollständig geschrieben werden, deshalb wurde nichts behalten. Schaffen Sie Platz und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/training_folder.py"/>
        <source>{name} could not be written. Free some space or choose another folder.</source>
        <translation>{name} konnte nicht geschrieben werden. Schaffen Sie Platz oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} could not be written. See the log, then try again.</source>
        <translation>{name} konnte nicht geschrieben werden. Sehen Sie im Protokoll nach und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} did not arrive. Check the connection and try again; it goes on where it stopped.</source>
        <translation>{name} kam nicht an. Prüfen Sie die Verbindung und versuchen Sie es noch einmal; es geht dort weiter, wo es aufhörte.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} did not fit on the disk; nothing was written. Free some space and try again.</source>
        <translation>{name} passte nicht auf den Datenträger; nichts wurde geschrieben. Schaffen Sie Platz und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} did not take the polygon: its constraints are not met. Choose another layer, or a new one.</source>
        <translation>{name} hat das Polygon nicht angenommen: Die Bedingungen des Layers sind nicht erfüllt. Wählen Sie einen anderen oder einen neuen Layer.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} does not hold an image. Choose another layer.</source>
        <translation>{name} enthält kein Bild. Wählen Sie einen anderen Layer.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} does not run on this computer. See the log for the reason, or choose another model.</source>
        <translation>{name} läuft auf diesem Rechner nicht. Der Grund steht im Protokoll; oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} exists already. Choose another name or allow it to be replaced.</source>
        <translation>{name} gibt es schon. Wählen Sie einen anderen Namen oder erlauben Sie das Ersetzen.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} exists and is not a GeoPackage. Choose another name.</source>
        <translation>{name} gibt es schon und ist kein GeoPackage. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} has an ending that is not supported. Use .gpkg, .shp, .geojson or .fgb.</source>
        <translation>{name} hat eine Endung, die nicht unterstützt wird. Nehmen Sie .gpkg, .shp, .geojson oder .fgb.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} has changed on disk, so it is looked at anew.</source>
        <translation>{name} hat sich auf dem Datenträger geändert und wird deshalb neu betrachtet.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} has no coordinate reference system. Set it in the layer properties, then ask again.</source>
        <translation>{name} hat kein Koordinatenbezugssystem. Legen Sie es in den Layereigenschaften fest und fragen Sie noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} has no data there, so nothing can be found. Point at a place that shows something.</source>
        <translation>{name} hat dort keine Daten, also lässt sich nichts finden. Zeigen Sie auf eine Stelle, die etwas zeigt.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} has no date. Set it in the layer's temporal properties, or write it in the layer's name.</source>
        <translation>{name} hat kein Datum. Geben Sie es in den zeitlichen Eigenschaften des Layers an oder schreiben Sie es in seinen Namen.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_training_data.py"/>
        <source>{name} has no features. Choose another layer.</source>
        <translation>{name} hat keine Objekte. Wählen Sie einen anderen Layer.</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_ground.py"/>
        <source>{name} has no polygons, lines or points. Choose another layer.</source>
        <translation>{name} hat keine Polygone, Linien oder Punkte. Wählen Sie einen anderen Layer.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} has no valid pixels here. Choose another region or layer.</source>
        <translation>{name} hat hier keine gültigen Pixel. Wählen Sie ein anderes Gebiet oder einen anderen Layer.</translation>
    </message>
    <message>
        <location filename="../plugin/core/code_layers.py"/>
        <source>{name} has several bands. Choose a raster with one band of codes.</source>
        <translation>{name} hat mehrere Kanäle. Wählen Sie ein Raster mit einem Kanal aus Klassennummern.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} holds complex numbers, which are not an image. Choose another layer.</source>
        <translation>{name} enthält komplexe Zahlen, die kein Bild sind. Wählen Sie einen anderen Layer.</translation>
    </message>
    <message>
        <location filename="../plugin/core/class_ground.py"/>
        <source>{name} holds lines or points. Say how wide they are on the ground.</source>
        <translation>{name} enthält Linien oder Punkte. Geben Sie an, wie breit sie am Boden sind.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} holds no polygons. Choose a polygon layer, or a new one.</source>
        <translation>{name} enthält keine Polygone. Wählen Sie einen Polygonlayer oder einen neuen Layer.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} holds no tiles here. Choose another region or time, or index more.</source>
        <translation>{name} enthält hier keine Kacheln. Wählen Sie ein anderes Gebiet oder eine andere Zeit, oder indizieren Sie mehr.</translation>
    </message>
    <message>
        <location filename="../plugin/core/code_layers.py"/>
        <source>{name} holds the value {value}, which has no class. Add it, as in “{value}=building” or “{value}=-”.</source>
        <translation>{name} enthält den Wert {value} ohne Klasse. Ergänzen Sie ihn, etwa „{value}=building“ oder „{value}=-“.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is a folder. Choose a file name inside it.</source>
        <translation>{name} ist ein Ordner. Wählen Sie einen Dateinamen darin.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is a link to another place, which is not followed. Import the folder that holds the files.</source>
        <translation>{name} ist eine Verknüpfung mit einem anderen Ort; ihr wird nicht gefolgt. Importieren Sie den Ordner, der die Dateien enthält.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is a web layer without an end. Draw a region first, then ask again.</source>
        <translation>{name} ist ein Web-Layer ohne Grenzen. Zeichnen Sie zuerst ein Gebiet und fragen Sie dann noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is being downloaded by another QGIS. Wait for it, then open this window again.</source>
        <translation>{name} wird von einem anderen QGIS heruntergeladen. Warten Sie darauf und öffnen Sie dann dieses Fenster neu.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is being edited as {other}. Save or drop those edits, or choose {other}.</source>
        <translation>{name} wird als {other} bearbeitet. Speichern oder verwerfen Sie diese Änderungen, oder wählen Sie {other}.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is being made by another run. Wait for it, or stop it and try again.</source>
        <translation>{name} wird von einem anderen Lauf erstellt. Warten Sie darauf, oder halten Sie ihn an und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is broken or its source is missing. Repair the layer's source, then ask again.</source>
        <translation>{name} ist beschädigt oder die Quelle fehlt. Reparieren Sie die Quelle des Layers und fragen Sie noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is chosen for a job below. Choose another model for it first, then delete this one.</source>
        <translation>{name} ist unten für eine Aufgabe gewählt. Wählen Sie dafür zuerst ein anderes Modell und löschen Sie dann dieses.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is cut off or is not an ONNX model. Download or export it again, or choose another file.</source>
        <translation>{name} ist abgeschnitten oder kein ONNX-Modell. Laden oder exportieren Sie es noch einmal, oder wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is in use by another program. Close it there or choose another name.</source>
        <translation>{name} wird von einem anderen Programm benutzt. Schließen Sie es dort oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is in use. Close what uses it, also in other QGIS windows, then delete it.</source>
        <translation>{name} wird benutzt. Schließen Sie, was es benutzt, auch in anderen QGIS-Fenstern, und löschen Sie es dann.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/build_knowledge.py"/>
        <source>{name} is left out: {reason}</source>
        <translation>{name} wird weggelassen: {reason}</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is made for another task. Choose a model with the inputs and outputs that this one needs.</source>
        <translation>{name} ist für eine andere Aufgabe gemacht. Wählen Sie ein Modell mit den Ein- und Ausgaben, die hier nötig sind.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is no longer in the project. Choose another layer for the polygons.</source>
        <translation>{name} ist nicht mehr im Projekt. Wählen Sie einen anderen Layer für die Polygone.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is no longer in the project. Choose another layer.</source>
        <translation>{name} ist nicht mehr im Projekt. Wählen Sie einen anderen Layer.</translation>
    </message>
    <message>
        <location filename="../plugin/core/code_layers.py"/>
        <source>{name} is no raster file. Save it as one and choose that.</source>
        <translation>{name} ist keine Rasterdatei. Speichern Sie den Layer als solche und wählen Sie diese.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is not a file: what a server shows changes. Save it as a raster, then index that.</source>
        <translation>{name} ist keine Datei: Was ein Server zeigt, ändert sich. Speichern Sie es als Raster und indizieren Sie dieses.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is not a name that every system can store. Choose another name.</source>
        <translation>{name} ist kein Name, den jedes System speichern kann. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/training_folder.py"/>
        <source>{name} is not an empty folder. Choose an empty or a new one.</source>
        <translation>{name} ist kein leerer Ordner. Wählen Sie einen leeren oder einen neuen.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/index_imagery.py"/>
        <source>{name} is not finished; finish its part, then run this again.</source>
        <translation>{name} ist nicht fertig; stellen Sie den Teil fertig und starten Sie dann noch einmal.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is not here, and the network is switched off. Import the file, or allow downloads.</source>
        <translation>{name} ist nicht hier, und das Netz ist ausgeschaltet. Importieren Sie die Datei oder erlauben Sie Downloads.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is not of its published size, so nothing was kept. Try again, or import the file.</source>
        <translation>{name} hat nicht die veröffentlichte Größe, deshalb wurde nichts behalten. Versuchen Sie es noch einmal oder importieren Sie die Datei.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is not the file that its folder lists, so it was not loaded. Copy or convert the model again.</source>
        <translation>{name} ist nicht die Datei, die ihr Ordner aufführt, und wurde deshalb nicht geladen. Kopieren oder wandeln Sie das Modell noch einmal um.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is not what was published, so nothing was kept. Try again, or import the file.</source>
        <translation>{name} ist nicht das, was veröffentlicht wurde, deshalb wurde nichts behalten. Versuchen Sie es noch einmal oder importieren Sie die Datei.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is of a kind that cannot be edited. Choose another layer, or a new one.</source>
        <translation>{name} ist von einer Art, die sich nicht bearbeiten lässt. Wählen Sie einen anderen oder einen neuen Layer.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is open in this project. Remove that layer or choose another name.</source>
        <translation>{name} ist in diesem Projekt geöffnet. Entfernen Sie den Layer oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} is read-only. Choose another layer, or make it editable in its properties.</source>
        <translation>{name} ist schreibgeschützt. Wählen Sie einen anderen Layer oder machen Sie diesen in seinen Eigenschaften bearbeitbar.</translation>
    </message>
    <message>
        <location filename="../plugin/core/training_build.py"/>
        <source>{name} is smaller than a chip. Choose smaller chips.</source>
        <translation>{name} ist kleiner als ein Ausschnitt. Wählen Sie kleinere Ausschnitte.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} keeps its weights in another place, which is not opened. Export it with its weights inside.</source>
        <translation>{name} hält seine Gewichte an einem anderen Ort, der nicht geöffnet wird. Exportieren Sie es mit den Gewichten darin.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} lies in a reference system that these polygons have no place in. Choose another layer.</source>
        <translation>{name} liegt in einem Bezugssystem, in dem diese Polygone keinen Platz haben. Wählen Sie einen anderen Layer.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/run_model.py"/>
        <source>{name} runs on {provider}.</source>
        <translation>{name} läuft auf {provider}.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} was not converted: {reason}.</source>
        <translation>{name} wurde nicht umgewandelt: {reason}.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{name} was tuned on another version of the model. Tune it again or remove it in the options.</source>
        <translation>{name} wurde auf einer anderen Version des Modells gelernt. Lehren Sie die Klasse neu oder entfernen Sie sie in den Optionen.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/voice_text.py"/>
        <source>{number} composed in their place ({share} %)</source>
        <translation>{number} an ihrer Stelle zusammengesetzt ({share} %)</translation>
    </message>
    <message>
        <location filename="../plugin/core/estimates.py"/>
        <source>{number} minutes</source>
        <translation>{number} Minuten</translation>
    </message>
    <message>
        <location filename="../plugin/processing/segment.py"/>
        <source>{number} of {all} masks are the mask predictor's; the others are the ground cover at that place.</source>
        <translation>{number} von {all} Masken stammen vom Maskenmodell; die übrigen sind die Bodenbedeckung an der Stelle.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/prepare_second_pair.py"/>
        <source>{number} pixels have colours far from SECOND's. Check that the land cover is in its palette.</source>
        <translation>{number} Pixel haben Farben weit weg von denen von SECOND. Prüfen Sie, ob die Landbedeckung in dessen Palette vorliegt.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/voice_text.py"/>
        <source>{number} said with a reservation</source>
        <translation>{number} unter Vorbehalt gesagt</translation>
    </message>
    <message>
        <location filename="../plugin/core/estimates.py"/>
        <source>{number} seconds</source>
        <translation>{number} Sekunden</translation>
    </message>
    <message>
        <location filename="../plugin/processing/classify.py"/>
        <source>{number} tiles show nothing valid and were left out.</source>
        <translation>{number} Kacheln zeigen nichts Gültiges und wurden weggelassen.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/standing.py"/>
        <source>{n} pixels</source>
        <translation>{n} Pixel</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/standing.py"/>
        <source>{n} prompts</source>
        <translation>{n} Hinweise</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>{one} and {other} have the same date, {date}. Give one of them another date, or leave it out.</source>
        <translation>{one} und {other} haben dasselbe Datum, {date}. Geben Sie einem ein anderes Datum oder lassen Sie es weg.</translation>
    </message>
    <message>
        <location filename="../plugin/core/outline_words.py"/>
        <source>{pixels} pixels were left out, in parts too narrow.</source>
        <translation>{pixels} Pixel wurden in zu schmalen Teilen weggelassen.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/model_rows.py"/>
        <source>{share} % downloaded</source>
        <translation>{share} % heruntergeladen</translation>
    </message>
    <message>
        <location filename="../plugin/processing/run_model.py"/>
        <source>{share} % of the pixels could not be read; nothing is said about them.</source>
        <translation>{share} % der Pixel waren nicht lesbar; über sie wird nichts gesagt.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/chapters.py"/>
        <source>{share} of the region is unknown: empty, or not readable.</source>
        <translation>{share} des Gebiets sind unbekannt: leer oder nicht lesbar.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/model_rows.py"/>
        <source>{size} GB</source>
        <translation>{size} GB</translation>
    </message>
    <message>
        <location filename="../plugin/gui/models/model_rows.py"/>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
    <message>
        <location filename="../plugin/gui/masks/standing.py"/>
        <source>{size}, score {score}, {prompts} · Enter takes it</source>
        <translation>{size}, Wert {score}, {prompts} · Eingabetaste übernimmt es</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/voice_text.py"/>
        <source>{supported} of {total} sentences supported by what was measured</source>
        <translation>{supported} von {total} Sätzen durch Gemessenes belegt</translation>
    </message>
    <message>
        <location filename="../plugin/processing/index_imagery.py"/>
        <source>{tiles} tiles of {rasters} rasters were looked at, {reused} had not changed, {empty} show nothing.</source>
        <translation>{tiles} Kacheln von {rasters} Rastern wurden betrachtet, {reused} waren unverändert, {empty} zeigen nichts.</translation>
    </message>
    <message>
        <location filename="../plugin/core/index_layers.py"/>
        <source>{title}: heat</source>
        <translation>{title}: Heatmap</translation>
    </message>
    <message>
        <location filename="../plugin/core/score_layer.py"/>
        <source>{title}: scores</source>
        <translation>{title}: Werte</translation>
    </message>
    <message>
        <location filename="../plugin/core/layers.py"/>
        <source>{title}: statistics</source>
        <translation>{title}: Statistik</translation>
    </message>
    <message>
        <location filename="../plugin/core/layers.py"/>
        <source>{title}: transitions</source>
        <translation>{title}: Übergänge</translation>
    </message>
    <message>
        <location filename="../plugin/core/change_ground.py"/>
        <source>“{name}” cannot be counted in a sentence. Name the class in plain English words.</source>
        <translation>„{name}“ lässt sich in einem Satz nicht zählen. Benennen Sie die Klasse mit einfachen englischen Wörtern.</translation>
    </message>
    <message>
        <location filename="../plugin/core/second_cover.py"/>
        <source>“{name}” is none of SECOND's six classes. Say which it is, as in “{name}=tree” or “{name}=-”.</source>
        <translation>„{name}“ ist keine der sechs Klassen von SECOND. Geben Sie an, welche es ist, etwa „{name}=tree“ oder „{name}=-“.</translation>
    </message>
    <message>
        <location filename="../plugin/core/told_cover.py"/>
        <source>“{name}” is none of these land covers: {covers}. Say which it is, as in “{name}=tree” or “{name}=-”.</source>
        <translation>„{name}“ ist keine dieser Landbedeckungen: {covers}. Geben Sie an, welche es ist, etwa „{name}=tree“ oder „{name}=-“.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/pair_tile_parameters.py"/>
        <source>“{pair}” is no pair of a value and a class. Write them as in “1=road; 2=building”.</source>
        <translation>„{pair}“ ist kein Paar aus Wert und Klasse. Schreiben Sie etwa „1=road; 2=building“.</translation>
    </message>
    <message>
        <location filename="../plugin/processing/search_index.py"/>
        <source>“{text}” is no date. Write a date, a month or a year, as 2024-05-31, 2024-05 or 2024.</source>
        <translation>„{text}“ ist kein Datum. Schreiben Sie ein Datum, einen Monat oder ein Jahr, wie 2024-05-31, 2024-05 oder 2024.</translation>
    </message>
    <message>
        <location filename="../plugin/core/messages.py"/>
        <source>“{words}” is not something this model was taught. It knows {known}.</source>
        <translation>„{words}“ hat dieses Modell nicht gelernt. Es kennt {known}.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/report/other_values.py"/>
        <source>… and {number} more</source>
        <translation>… und {number} weitere</translation>
    </message>
</context>
<context>
    <name>ThresholdMover</name>
    <message>
        <location filename="../plugin/gui/threshold_mover.py"/>
        <source>Terralogue: moving the threshold</source>
        <translation>Terralogue: Schwelle verschieben</translation>
    </message>
</context>
<context>
    <name>ThresholdRow</name>
    <message>
        <location filename="../plugin/gui/chat/threshold_row.py"/>
        <source>1 changed object</source>
        <translation>1 verändertes Objekt</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/threshold_row.py"/>
        <source>1 object</source>
        <translation>1 Objekt</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/threshold_row.py"/>
        <source>Back to the threshold of the model</source>
        <translation>Zurück zur Schwelle des Modells</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/threshold_row.py"/>
        <source>Left finds more, right only what is surer. The kept scores are read anew, the model does not run.</source>
        <translation>Links findet mehr, rechts nur, was sicherer ist. Die aufbewahrten Werte werden neu gelesen, das Modell läuft nicht.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/threshold_row.py"/>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/threshold_row.py"/>
        <source>Threshold of the changes</source>
        <translation>Schwelle der Veränderungen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/threshold_row.py"/>
        <source>Threshold of {name}</source>
        <translation>Schwelle von {name}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/threshold_row.py"/>
        <source>Threshold {value}</source>
        <translation>Schwelle {value}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/threshold_row.py"/>
        <source>{count} changed objects</source>
        <translation>{count} veränderte Objekte</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/threshold_row.py"/>
        <source>{count} objects</source>
        <translation>{count} Objekte</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/threshold_row.py"/>
        <source>{name}: threshold {value}</source>
        <translation>{name}: Schwelle {value}</translation>
    </message>
</context>
<context>
    <name>TunedBox</name>
    <message>
        <location filename="../plugin/gui/tuned_box.py"/>
        <source>, held-out overlap {share} %</source>
        <translation>, Überlappung auf zurückgehaltenem Boden {share} %</translation>
    </message>
    <message>
        <location filename="../plugin/gui/tuned_box.py"/>
        <source>None yet: “Teach a class from polygons” in the Processing toolbox adds one.</source>
        <translation>Noch keine: „Eine Klasse aus Polygonen lehren“ in der Werkzeugkiste fügt eine hinzu.</translation>
    </message>
    <message>
        <location filename="../plugin/gui/tuned_box.py"/>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/tuned_box.py"/>
        <source>Taught Classes</source>
        <translation>Gelernte Klassen</translation>
    </message>
    <message>
        <location filename="../plugin/gui/tuned_box.py"/>
        <source>{name}: tuned on {layer}, {date}</source>
        <translation>{name}: gelernt auf {layer}, {date}</translation>
    </message>
</context>
<context>
    <name>ViewSection</name>
    <message>
        <location filename="../plugin/gui/chat/view_section.py"/>
        <source>Area</source>
        <translation>Fläche</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/view_section.py"/>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/view_section.py"/>
        <source>Cover</source>
        <translation>Bedeckung</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/view_section.py"/>
        <source>Not readable or empty</source>
        <translation>Nicht lesbar oder leer</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/view_section.py"/>
        <source>Not sure</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/view_section.py"/>
        <source>Rendered only, not checked on real imagery: {covers}</source>
        <translation>Nur an gezeichneten Szenen gelernt, nicht an echten Bildern geprüft: {covers}</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/view_section.py"/>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <location filename="../plugin/gui/chat/view_section.py"/>
        <source>Where it lies: {cover}</source>
        <translation>Wo es liegt: {cover}</translation>
    </message>
</context>
</TS>
