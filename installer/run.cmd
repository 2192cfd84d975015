@echo off
rem Starts the program from its source on Windows 10 1903 or later, 64 bit; needs Python 3.11.
rem Makes .venv from the locked versions on the first run. Arguments go to the program.
rem ASCII only, as cmd misreads anything else: what it says in Chinese stands in windows\*.txt.
setlocal
chcp 65001 >nul
set "ROOT=%~dp0.."
set "VENV=%ROOT%\.venv"
set "LOCK=%~dp0requirements.lock"

rem The stamp is a copy of the lock, written last: a half-made .venv has none and is made anew.
if not exist "%VENV%\Scripts\pythonw.exe" goto make
fc /b "%LOCK%" "%VENV%\made-from" >nul 2>&1 && goto start

:make
set "VERSION="
for %%v in (3.11 3.12 3.13 3.14) do if not defined VERSION call :try %%v
if defined VERSION goto found
type "%~dp0windows\no-python.txt"
goto failed

:found
type "%~dp0windows\preparing.txt"
if exist "%VENV%" rmdir /s /q "%VENV%"
py -%VERSION% -m venv "%VENV%" || goto not_made
"%VENV%\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --no-input --no-deps --only-binary :all: --require-hashes --requirement "%LOCK%" || goto not_made
rem Relative, so that the folder may be moved.
>"%VENV%\Lib\site-packages\liaison_desk.pth" echo ..\..\..
copy /y "%LOCK%" "%VENV%\made-from" >nul || goto not_made

:start
if not "%~1"=="" goto with_arguments
start "" "%VENV%\Scripts\pythonw.exe" -P -m liaison_desk
exit /b 0

:with_arguments
"%VENV%\Scripts\python.exe" -P -X utf8 -m liaison_desk %*
exit /b %errorlevel%

:not_made
type "%~dp0windows\not-made.txt"

:failed
pause
exit /b 1

:try
py -%1 -c "" >nul 2>&1
if not errorlevel 1 set "VERSION=%1"
exit /b 0
